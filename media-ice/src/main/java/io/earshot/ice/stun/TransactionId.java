package io.earshot.ice.stun;

import io.earshot.api.id.IdSource;
import java.nio.ByteBuffer;

/** The 96 bits that tie a response to its request. */
public record TransactionId(int high, long low) {
    /** Returns a fresh one. */
    public static TransactionId next(IdSource ids) {
        return new TransactionId(ids.nextInt(), ids.nextLong());
    }

    /** Returns its twelve bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(12).putInt(high).putLong(low).array();
    }
}
