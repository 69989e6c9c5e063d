package io.earshot.testkit.contract;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** The contract accepts what a plain datagram channel does. */
class MediaTransportContractTest extends MediaTransportContract {
    @Override
    protected MediaTransportProvider provider() {
        return new Plain();
    }

    @Override
    protected InetAddress bindAddress() {
        return InetAddress.getLoopbackAddress();
    }

    private static final class Plain implements MediaTransportProvider {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.configureBlocking(false);
                channel.bind(bind);
            } catch (BindException e) {
                channel.close();
                throw new IOException("port " + bind.getPort() + " is taken", e);
            }
            ByteBuffer buffer = ByteBuffer.allocate(2_048);
            loop.register(channel, SelectionKey.OP_READ, key -> receive(channel, buffer, receiver));
            return new Socket(channel, (InetSocketAddress) channel.getLocalAddress());
        }

        private static void receive(DatagramChannel channel, ByteBuffer buffer, MediaReceiver receiver) {
            try {
                InetSocketAddress source = (InetSocketAddress) channel.receive(buffer.clear());
                if (source != null) {
                    receiver.received(source, buffer.flip());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Socket(DatagramChannel channel, InetSocketAddress localAddress) implements MediaSocket {
        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            try {
                return channel.send(datagram, peer) > 0;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
