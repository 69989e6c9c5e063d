package io.earshot.sdk.internal.route;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** A UDP port of its own from which routers and servers are asked. Confined to its loop. */
final class RouterSocket {
    private final MediaSocket socket;

    private RouterSocket(MediaSocket socket) {
        this.socket = socket;
    }

    /** Opens one at this address of ours, on any port. */
    static RouterSocket open(InetAddress local, IoLoop loop, BiConsumer<InetSocketAddress, byte[]> taker) throws IOException {
        return new RouterSocket(new UdpMediaTransport().open(new InetSocketAddress(local, 0), 0, loop, (source, datagram) -> {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            taker.accept(source, copy);
        }));
    }

    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    void send(InetSocketAddress to, byte[] data) {
        socket.send(to, ByteBuffer.wrap(data));
    }

    void close() {
        socket.close();
    }
}
