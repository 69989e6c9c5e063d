package io.earshot.testkit.net;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Media sockets on the virtual network. */
record VirtualMediaTransport(VirtualHost host) implements MediaTransportProvider {
    @Override
    public String name() {
        return "virtual";
    }

    @Override
    public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
        DatagramTransport.check(host, loop);
        VirtualSocket socket = host.open(bind, (source, data) -> receiver.received(source, ByteBuffer.wrap(data)), true);
        return new Media(socket);
    }

    private record Media(VirtualSocket socket) implements MediaSocket {
        @Override
        public InetSocketAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            byte[] data = new byte[datagram.remaining()];
            datagram.get(data);
            socket.send(peer, data);
            return true;
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
