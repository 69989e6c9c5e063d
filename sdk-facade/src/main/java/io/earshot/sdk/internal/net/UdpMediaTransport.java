package io.earshot.sdk.internal.net;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Media over plain UDP, IPv4 and IPv6 on one dual-stack socket where the system has that. */
public final class UdpMediaTransport implements MediaTransportProvider {
    private static final Logger LOG = LoggerFactory.getLogger(UdpMediaTransport.class);
    /** Larger than any Ethernet frame; a longer datagram is cut and then fails its checks. */
    private static final int MAX_DATAGRAM = 2048;
    /** Datagrams read in one go, so that a flood on one socket does not starve the others. */
    private static final int BATCH = 32;

    /** One for all sockets of a thread: what is read from one of them is dealt with before the next is read. */
    private final ThreadLocal<ByteBuffer> buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocate(MAX_DATAGRAM));

    @Override
    public String name() {
        return "udp";
    }

    @Override
    public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
        return UdpChannel.open(bind, trafficClass, channel -> {
            channel.configureBlocking(false);
            Socket socket = new Socket(channel, receiver, buffers);
            loop.register(channel, SelectionKey.OP_READ, socket);
            return socket;
        });
    }

    private static final class Socket implements MediaSocket, IoLoop.ReadyHandler {
        private final DatagramChannel channel;
        private final MediaReceiver receiver;
        /** On the heap because everything behind it works on arrays; the channel keeps a direct one of its own per thread. */
        private final ThreadLocal<ByteBuffer> buffers;
        private final InetSocketAddress local;

        Socket(DatagramChannel channel, MediaReceiver receiver, ThreadLocal<ByteBuffer> buffers) throws IOException {
            this.channel = channel;
            this.receiver = receiver;
            this.buffers = buffers;
            this.local = (InetSocketAddress) channel.getLocalAddress();
        }

        @Override
        public InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            try {
                return channel.send(datagram, peer) > 0;
            } catch (IOException lost) {
                LOG.trace("RTP to {} was not sent: {}", peer, lost.getMessage());
                return false;
            }
        }

        @Override
        public void ready(SelectionKey key) {
            ByteBuffer buffer = buffers.get();
            for (int i = 0; i < BATCH; i++) {
                SocketAddress source;
                buffer.clear();
                try {
                    source = channel.receive(buffer);
                } catch (ClosedChannelException gone) {
                    return;
                } catch (IOException refused) {
                    // ICMP "port unreachable" for something we sent: the peer is not there yet or not there any more.
                    continue;
                }
                if (source == null) {
                    return;
                }
                receiver.received((InetSocketAddress) source, buffer.flip());
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException ignored) {
                LOG.debug("Closing {} failed", local, ignored);
            }
        }
    }
}
