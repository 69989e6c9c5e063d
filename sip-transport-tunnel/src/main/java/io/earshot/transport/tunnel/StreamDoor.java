package io.earshot.transport.tunnel;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.transport.tunnel.core.ClientOutput;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * TCP connections that leave from the gateway, for the transports of this process: to them it is a SOCKS proxy on the loopback. Its
 * password is known to nobody else, so that no other program of this machine can use it. On the tunnel's thread, but for {@link #open}.
 */
final class StreamDoor {
    private static final int SECRET_BITS = 128;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64_000, 1_000_000);

    private final ClientTunnel tunnel;
    private final String user;
    private final String password;
    private final Map<Integer, StreamGuest> guests = new HashMap<>();
    private Optional<Channel> listener = Optional.empty();

    StreamDoor(ClientTunnel tunnel, IdSource ids) {
        this.tunnel = tunnel;
        this.user = ids.token(SECRET_BITS);
        this.password = ids.token(SECRET_BITS);
    }

    /** Begins to listen. */
    void open(EventLoopGroup group) throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new StreamGuest(StreamDoor.this));
                }
            }).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("no TCP through the tunnel: the loopback has no port for it: " + bound.cause().getMessage(),
                bound.cause());
        }
        listener = Optional.of(bound.channel());
    }

    /** Returns how transports reach it. */
    ProxyConfig proxy() {
        InetSocketAddress here = (InetSocketAddress) listener.orElseThrow().localAddress();
        return ProxyConfig.socks5(here.getAddress().getHostAddress(), here.getPort()).withLogin(user, password);
    }

    boolean knows(String name, String secret) {
        return name.equals(user) && secret.equals(password);
    }

    // ---- what guests want

    int connect(StreamGuest guest, InetSocketAddress peer) {
        int channel = tunnel.core().connect(peer);
        guests.put(channel, guest);
        tunnel.pump();
        return channel;
    }

    boolean send(int channel, byte[] bytes) {
        boolean taken = tunnel.core().stream(channel, ByteBuffer.wrap(bytes));
        tunnel.pump();
        return taken;
    }

    void leave(int channel) {
        if (guests.remove(channel) != null) {
            tunnel.core().close(channel);
            tunnel.pump();
        }
    }

    // ---- what comes of it

    /** Returns whether this is about a connection. */
    boolean opened(int channel) {
        StreamGuest guest = guests.get(channel);
        if (guest != null) {
            guest.opened();
        }
        return guest != null;
    }

    void gone(ClientOutput.Gone gone) {
        StreamGuest guest = guests.remove(gone.channel());
        if (guest != null) {
            guest.gone();
        }
    }

    void received(ClientOutput.Part part) {
        StreamGuest guest = guests.get(part.channel());
        if (guest != null && !guest.take(Unpooled.copiedBuffer(part.part()))) {
            guest.gone();
        }
    }
}
