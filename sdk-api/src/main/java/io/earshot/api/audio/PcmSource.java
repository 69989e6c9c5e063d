package io.earshot.api.audio;

import java.util.concurrent.CompletableFuture;

/**
 * A source of sound that the program feeds with 16 bit mono PCM. The bridge takes it at the pace of the sound; when nothing is left it
 * is silent. One thread writes; the other methods are for any thread.
 */
public interface PcmSource extends AudioPort {
    /**
     * Writes samples, waiting for room: that is the pacing.
     *
     * @throws IllegalStateException when the port was closed
     */
    void write(short[] pcm, int offset, int samples) throws InterruptedException;

    /** Writes what there is room for without waiting, and returns how many samples that was. */
    int offer(short[] pcm, int offset, int samples);

    /** Drops what was written and not yet played (barge-in), and returns how many samples that was. */
    int clear();

    /** Returns the samples written and not yet played. */
    int queued();

    /** Completes when everything written so far has been played or cleared. */
    CompletableFuture<Void> drained();

    /**
     * Returns a mark behind what was written so far. It completes with {@code true} when all of that has been played, and with
     * {@code false} when some of it was cleared or the port was closed before.
     */
    CompletableFuture<Boolean> mark();

    /** Returns how many samples have really been played: those that were cleared do not count. */
    long played();
}
