package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import java.nio.ByteBuffer;

/** Bytes nobody can guess. */
final class Nonces {
    private Nonces() {
    }

    static byte[] next(IdSource ids) {
        return ByteBuffer.allocate(Frame.NONCE).putLong(ids.nextLong()).putLong(ids.nextLong()).array();
    }
}
