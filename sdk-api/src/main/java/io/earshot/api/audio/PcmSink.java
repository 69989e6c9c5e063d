package io.earshot.api.audio;

/** A sink of sound that the program reads as 16 bit mono PCM. One thread reads. */
public interface PcmSink extends AudioPort {
    /**
     * Reads samples, waiting until there are some.
     *
     * @return how many, at least 1; -1 after the port was closed and everything was read
     */
    int read(short[] pcm, int offset, int samples) throws InterruptedException;

    /** Reads what is there without waiting: possibly 0; -1 after the port was closed and everything was read. */
    int poll(short[] pcm, int offset, int samples);

    /** Returns how many samples were dropped because the reader was too slow. */
    long dropped();
}
