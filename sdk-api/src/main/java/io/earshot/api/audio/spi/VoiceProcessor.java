package io.earshot.api.audio.spi;

import io.earshot.api.audio.VoiceReport;

/**
 * Works on the sound of one microphone in frames of exactly 10 ms, mono, 16 bit. Confined to one thread; the calls per frame neither block
 * nor allocate.
 */
public interface VoiceProcessor extends AutoCloseable {
    /** Returns the samples of a frame: a hundredth of the sample rate. */
    int frameSamples();

    /** Hears a frame that the loudspeaker is about to play; call once per frame of the microphone, before {@link #capture}. */
    void playback(short[] pcm, int offset);

    /** Replaces a frame of the microphone by the processed one; the output lags by {@link #latencySamples}. */
    void capture(short[] pcm, int offset);

    /** Tells whether the frame of the last {@link #capture} has speech in it: for silence suppression. */
    boolean speaking();

    /** Returns by how many samples the output lags behind the input. */
    int latencySamples();

    /** Returns what was heard since the last call of this method; this one may allocate. */
    VoiceReport report();

    /** Frees native memory, if there is any. Doing so twice is harmless. */
    @Override
    void close();
}
