package io.earshot.transport.tunnel;

import io.earshot.transport.tunnel.core.Outside;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The gateway's sockets, on Netty's thread. Goes round the range, so that a port rests before somebody else has it. */
final class Ports implements Outside {
    /** Whatever UDP can carry: an INVITE with certificates, many codecs or candidates is longer than one packet of the network. */
    private static final int SIP_DATAGRAM = 65_536;
    /** A packet of RTP: what takes up all of it was cut short, and is dropped. */
    private static final int SOUND_DATAGRAM = 8_192;

    private final EventLoop thread;
    private final InetAddress bind;
    private final InetAddress seen;
    private final int first;
    private final int pairs;
    private final Servers servers;
    /** What is bound for the sound of somebody, by port. */
    private final Map<Integer, Consumer<DatagramPacket>> own = new HashMap<>();
    private int next;

    /**
     * Makes a range of ports.
     *
     * @param seen the address that peers send to
     */
    Ports(EventLoop thread, InetAddress bind, InetAddress seen, int first, int last) {
        this.thread = thread;
        this.bind = bind;
        this.seen = seen;
        this.first = first;
        this.pairs = (last - first + 1) / 2;
        this.servers = new Servers(thread, bind);
    }

    @Override
    public Stream connect(InetSocketAddress peer, StreamReceiver receiver) {
        return servers.connect(peer, receiver);
    }

    @Override
    public boolean isOwn(InetSocketAddress peer) {
        return own.containsKey(peer.getPort()) && peer.getAddress().equals(seen);
    }

    @Override
    public Socket[] bind(int wanted, int count, Receiver receiver) throws IOException {
        if (wanted >= first && wanted + count <= first + 2 * pairs && wanted % 2 == 0) {
            List<DatagramChannel> had = attempt(wanted, count);
            if (!had.isEmpty()) {
                return wrap(had, receiver);
            }
        }
        for (int tries = 0; tries < pairs; tries++) {
            int port = first + 2 * next;
            next = (next + 1) % pairs;
            List<DatagramChannel> had = attempt(port, count);
            if (!had.isEmpty()) {
                return wrap(had, receiver);
            }
        }
        throw new IOException("no port between " + first + " and " + (first + 2 * pairs - 1) + " is free");
    }

    private List<DatagramChannel> attempt(int port, int count) throws IOException {
        List<DatagramChannel> had = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.bind(new InetSocketAddress(bind, port + i));
                had.add(channel);
            } catch (IOException taken) {
                channel.close();
                for (DatagramChannel one : had) {
                    one.close();
                }
                return List.of();
            }
        }
        return had;
    }

    private Socket[] wrap(List<DatagramChannel> channels, Receiver receiver) throws IOException {
        Socket[] sockets = new Socket[channels.size()];
        for (int i = 0; i < sockets.length; i++) {
            int port = ((InetSocketAddress) channels.get(i).getLocalAddress()).getPort();
            NioDatagramChannel channel = new NioDatagramChannel(channels.get(i));
            int room = sockets.length > 1 ? SOUND_DATAGRAM : SIP_DATAGRAM;
            channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(room));
            int index = i;
            channel.pipeline().addLast(new SimpleChannelInboundHandler<DatagramPacket>(DatagramPacket.class) {
                @Override
                protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                    if (packet.content().readableBytes() < room) {
                        receiver.received(index, packet.sender(), packet.content().nioBuffer());
                    }
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable refused) {
                    context.read(); // ICMP: the peer is not there yet or not any more
                }
            });
            thread.register(channel);
            if (sockets.length > 1) {
                own.put(port, packet -> receiver.received(index, packet.sender(), packet.content().nioBuffer()));
            }
            sockets[i] = new Port(channel, new InetSocketAddress(seen, port));
        }
        return sockets;
    }

    private final class Port implements Socket {
        private final NioDatagramChannel channel;
        private final InetSocketAddress address;

        Port(NioDatagramChannel channel, InetSocketAddress address) {
            this.channel = channel;
            this.address = address;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        /** Sends it; what is for another user of ours gets there without a NAT that would have to send it back in. */
        @Override
        public void send(InetSocketAddress peer, ByteBuffer payload) {
            DatagramPacket packet = new DatagramPacket(Unpooled.copiedBuffer(payload), peer, address);
            if (isOwn(peer)) {
                thread.execute(() -> {
                    Optional.ofNullable(own.get(peer.getPort())).ifPresent(receiver -> receiver.accept(packet));
                    packet.release();
                });
            } else {
                channel.writeAndFlush(packet);
            }
        }

        @Override
        public void close() {
            own.remove(address.getPort());
            channel.close();
        }
    }
}
