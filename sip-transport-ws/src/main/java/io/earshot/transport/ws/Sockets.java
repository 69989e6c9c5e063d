package io.earshot.transport.ws;

import io.earshot.api.transport.spi.TransportConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Netty's side of a transport: one thread, there once it is needed, and the sockets on it. */
final class Sockets {
    private static final int MOST_MILLISECONDS = 3_600_000;

    private final String protocol;
    private final TransportConfig config;
    private Optional<EventLoopGroup> group = Optional.empty();
    private Optional<Channel> server = Optional.empty();
    private int admitted; // on Netty's thread

    Sockets(String protocol, TransportConfig config) {
        this.protocol = protocol;
        this.config = config;
    }

    private EventLoopGroup group() {
        if (group.isEmpty()) {
            group = Optional.of(new MultiThreadIoEventLoopGroup(1,
                new DefaultThreadFactory("earshot-" + protocol.toLowerCase(Locale.ROOT), true), NioIoHandler.newFactory()));
        }
        return group.get();
    }

    /**
     * Takes connections.
     *
     * @param socket bound
     * @param welcoming whether anybody is let in at all
     * @param entry prepares a connection's pipeline, on Netty's thread
     */
    void listen(ServerSocketChannel socket, boolean welcoming, Consumer<SocketChannel> entry) {
        NioServerSocketChannel channel = new NioServerSocketChannel(socket);
        ServerBootstrap bootstrap = new ServerBootstrap().group(group()).channelFactory(() -> channel)
            .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel child) {
                    if (!welcoming || admitted >= config.stream().maxConnections()) {
                        child.close();
                        return;
                    }
                    admitted++;
                    child.closeFuture().addListener(gone -> admitted--);
                    entry.accept(child);
                }
            });
        if (config.trafficClass() != 0) {
            bootstrap.childOption(ChannelOption.IP_TOS, config.trafficClass());
        }
        server = Optional.of(bootstrap.register().channel());
    }

    /**
     * Begins to connect.
     *
     * @param pipeline prepares the connection's pipeline, on Netty's thread
     * @param failed hears why there is none, on Netty's thread
     */
    Channel connect(InetSocketAddress peer, Consumer<ChannelPipeline> pipeline, Consumer<Throwable> failed) {
        int patience = (int) Math.min(MOST_MILLISECONDS, TimeUnit.NANOSECONDS.toMillis(config.stream().connectTimeout()) + 1);
        Bootstrap bootstrap = new Bootstrap().group(group()).channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience)
            .handler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel child) {
                    pipeline.accept(child.pipeline());
                }
            });
        if (config.trafficClass() != 0) {
            bootstrap.option(ChannelOption.IP_TOS, config.trafficClass());
        }
        InetAddress from = config.bind().getAddress();
        boolean chosen = !from.isAnyLocalAddress() && from.getClass() == peer.getAddress().getClass();
        ChannelFuture attempt = chosen ? bootstrap.connect(peer, new InetSocketAddress(from, 0)) : bootstrap.connect(peer);
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                failed.accept(done.cause());
            }
        });
        return attempt.channel();
    }

    /** Ends the thread and with it every socket; the port is free once the selector is gone, which takes a moment. */
    void close() {
        server.ifPresent(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        group.ifPresent(threads -> threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS));
    }
}
