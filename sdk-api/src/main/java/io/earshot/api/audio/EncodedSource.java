package io.earshot.api.audio;

import java.util.concurrent.CompletableFuture;

/** A source of sound that the program feeds with packets of a codec. One thread writes; the other methods are for any thread. */
public interface EncodedSource extends AudioPort {
    /**
     * Decodes a packet and writes its sound, waiting for room: that is the pacing.
     *
     * @return whether it could be decoded; if not, it is left out
     * @throws IllegalStateException when the port was closed
     */
    boolean write(byte[] packet, int offset, int length) throws InterruptedException;

    /** Drops what was written and not yet played, and returns how many samples that was. */
    int clear();

    /** Returns a mark behind what was written so far, as {@link PcmSource#mark()}. */
    CompletableFuture<Boolean> mark();
}
