package io.earshot.api.audio;

import java.util.concurrent.Flow;

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

    /**
     * Returns the index of the sample that the next read begins with, counted from when the sink was made; what was dropped counts. Divided
     * by the rate it is the time of that sample.
     */
    long position();

    /**
     * Returns a publisher of frames of this length. It honours demand: what nobody asked for waits in the buffer, and the oldest is dropped
     * when that is full, which {@link PcmFrame#position()} shows. One subscriber, instead of reading; it completes when the port is closed.
     *
     * @param millis 10 to 1000, a multiple of 10
     */
    Flow.Publisher<PcmFrame> frames(int millis);

    /** Returns how many samples were dropped because the reader was too slow. */
    long dropped();
}
