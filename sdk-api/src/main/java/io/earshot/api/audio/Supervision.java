package io.earshot.api.audio;

/** Somebody who listens in on a call, as the supervisor of an agent does (barge-in). Safe for use by any thread. Closing ends it. */
public interface Supervision extends AutoCloseable {
    /** Returns what the supervisor may do now. */
    Mode mode();

    /**
     * Changes what the supervisor may do, within 20 ms.
     *
     * @throws IllegalArgumentException when a port is no source or no sink where the mode wants one; nothing changes then
     */
    void mode(Mode mode);

    /** The supervisor hears and says nothing any more. Twice is harmless. */
    @Override
    void close();

    /** What the supervisor may do; each includes hearing both sides. */
    enum Mode {
        /** Hear both sides, heard by nobody. */
        LISTEN,
        /** Be heard by the agent alone. */
        WHISPER,
        /** Be heard by both sides. */
        JOIN
    }
}
