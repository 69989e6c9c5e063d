package io.earshot.api.audio.spi;

/** Offers a format of recordings that the engine does not have itself. Stateless, callable from any thread, found by ServiceLoader. */
public interface RecordingEncoderProvider {
    /** Returns the format's name, as {@code MP3}. */
    String format();

    /**
     * Returns an encoder, which the caller confines to one thread and closes.
     *
     * @param sampleRate 8000, 16000, 24000, 32000 or 48000
     * @param channels 1 or 2
     */
    RecordingEncoder open(int sampleRate, int channels);
}
