package io.earshot.api.audio.spi;

/**
 * Turns sound into the bytes of a format whose frames stand one after another, as those of GSM and MP3. Confined to one thread. Whatever is
 * in the file, from its beginning to the end of any call, can be played.
 */
public interface RecordingEncoder extends AutoCloseable {
    /** Returns the samples per second that it takes. */
    int sampleRate();

    /** Returns the channels that it takes, interleaved. */
    int channels();

    /** Returns the frames, one sample of each channel, that {@link #encode} takes at once. */
    int blockFrames();

    /** Returns the most bytes that {@link #encode} and {@link #finish} write. */
    int maxBytes();

    /** Encodes {@link #blockFrames} frames, and returns the bytes written; 0 when they come later. */
    int encode(short[] pcm, int offset, byte[] out, int outOffset);

    /** Writes what is still inside at the end, and returns the bytes. */
    default int finish(byte[] out, int outOffset) {
        return 0;
    }

    /** Frees what it holds. Twice is harmless. */
    @Override
    default void close() {
    }
}
