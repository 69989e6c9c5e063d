package io.earshot.api.audio;

/** A source or a sink of sound, or both, in an {@link AudioBridge}. Safe for use by any thread. Closing removes it and its edges. */
public interface AudioPort extends AutoCloseable {
    /** Returns a name for people to read. */
    String name();

    /** Tells whether sound comes out of it. */
    boolean isSource();

    /** Tells whether sound goes into it. */
    boolean isSink();

    /** Returns its samples per second; the bridge resamples where an edge joins two rates. A call's follows its codec. */
    int sampleRate();

    /** Removes the port and its edges. Twice is harmless. */
    @Override
    void close();
}
