package io.earshot.transport.tls;

import java.nio.ByteBuffer;

/** Work space for all connections of a transport: only one of them is at work at a time, and none keeps anything here. */
final class TlsBuffers {
    private static final int RECORD = 18 * 1024;

    private ByteBuffer plain = ByteBuffer.allocate(RECORD);
    private ByteBuffer net = ByteBuffer.allocate(RECORD);

    ByteBuffer plain() {
        return plain.clear();
    }

    ByteBuffer net() {
        return net.clear();
    }

    /** A record was larger than thought possible. */
    void grow(int least) {
        plain = ByteBuffer.allocate(Math.max(least, 2 * plain.capacity()));
    }

    void growNet(int least) {
        net = ByteBuffer.allocate(Math.max(least, 2 * net.capacity()));
    }
}
