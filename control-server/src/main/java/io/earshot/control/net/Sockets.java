package io.earshot.control.net;

import io.earshot.control.ControlConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Netty's side: one thread and the ports on it. */
public final class Sockets implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int DATAGRAM = 65_536;
    private static final int MOST_LINE = 64 * 1_024;
    private static final int MOST_HEADERS = 16 * 1_024;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("earshot-control", true),
            NioIoHandler.newFactory());
    private final List<Channel> open = new ArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(group.next());

    /** Returns the one thread. */
    public Executor loop() {
        return group.next();
    }

    /** Returns the time of the thread, in nanoseconds. */
    public long now() {
        return group.next().ticker().nanoTime();
    }

    /** Does something every second, on the thread. */
    public void everySecond(Runnable work) {
        group.scheduleAtFixedRate(work, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Opens a port for TCP.
     *
     * @param windows whether the answers are those of the Windows service
     * @return the port
     */
    int tcp(Hub hub, int port, boolean windows) {
        ControlConfig config = hub.config();
        ServerBootstrap bootstrap = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        welcome(hub, child, windows);
                    }
                });
        InetSocketAddress address = new InetSocketAddress(config.bind(), Math.max(0, port));
        return opened(bootstrap.bind(address), "TCP port " + address.getPort(), config);
    }

    private void welcome(Hub hub, SocketChannel child, boolean windows) {
        if (connections.size() >= hub.limits().connections() || !hub.guard().admits(child.remoteAddress().getAddress())) {
            child.close();
            return;
        }
        connections.add(child);
        Meter meter = new Meter(hub.pending());
        hub.config().tls().ifPresent(tls -> child.pipeline()
                .addLast(new TlsGate(tls, hub.desk().workers(), !child.remoteAddress().getAddress().isLoopbackAddress())));
        child.pipeline().addLast(meter, new Detector(hub.limits().idleTime().toMillis(), context -> http(hub, context, meter),
                context -> context.pipeline().addLast(new LineConnection(hub, windows, context, meter))));
    }

    private static void http(Hub hub, ChannelHandlerContext context, Meter meter) {
        Patience patience = new Patience(hub.limits());
        HttpDecoderConfig decoder = new HttpDecoderConfig().setMaxInitialLineLength(MOST_LINE).setMaxHeaderSize(MOST_HEADERS);
        context.pipeline().addLast(patience, new HttpServerCodec(decoder), new Collector(hub.limits().requestBytes()),
                new WebConnection(hub, patience, meter));
    }

    /** Opens a port for datagrams, another one when it is taken, and returns it. */
    int udp(Hub hub, DatagramDoor door, int port) {
        Bootstrap bootstrap = new Bootstrap().group(group).channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM))
                .option(ChannelOption.AUTO_READ, hub.config().udpPort() != 0).handler(door);
        InetSocketAddress address = new InetSocketAddress(hub.config().bind(), Math.max(0, port));
        ChannelFuture attempt = bootstrap.bind(address).awaitUninterruptibly();
        if (!attempt.isSuccess() && attempt.cause() instanceof BindException) {
            attempt = bootstrap.bind(new InetSocketAddress(hub.config().bind(), 0));
        }
        return opened(attempt, "UDP port " + address.getPort(), hub.config());
    }

    private int opened(ChannelFuture attempt, String what, ControlConfig config) {
        attempt.awaitUninterruptibly();
        if (!attempt.isSuccess()) {
            String why = Optional.ofNullable(attempt.cause()).map(Throwable::getMessage).orElse("");
            throw new UncheckedIOException(new IOException(what + " of the control server on " + config.bind().getHostAddress()
                    + " cannot be opened: " + why + "; choose another port", attempt.cause()));
        }
        open.add(attempt.channel());
        return ((InetSocketAddress) attempt.channel().localAddress()).getPort();
    }

    @Override
    public void close() {
        open.forEach(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        if (!group.isShuttingDown()) {
            connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
