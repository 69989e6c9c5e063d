package io.earshot.transport.tunnel;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.tunnel.TunnelCounters;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsEngines;
import io.earshot.transport.tunnel.core.GatewayCore;
import io.earshot.transport.tunnel.core.GatewayLink;
import io.earshot.transport.tunnel.core.GatewayRules;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway: one thread of Netty with the core, the connections of clients and the sockets to the world. */
final class GatewayServer implements TunnelGateway {
    private static final int TICK_MS = 50;
    private static final int SEND_BUFFER = 32_768;
    private static final int BACKLOG = 512;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(2_048, 8_192);

    private final TunnelGatewayConfig config;
    private final Optional<TlsEngines> tls;
    private final Ticker ticker = Ticker.system();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop thread;
    private final GatewayCore core;
    private final Set<Way> ways = new LinkedHashSet<>();
    private final Map<String, HttpWay> byId = new HashMap<>();
    private final AtomicReference<TunnelCounters> counters = new AtomicReference<>();
    private Optional<Channel> listener = Optional.empty();
    private boolean waking;

    private GatewayServer(TunnelGatewayConfig config, Optional<TlsEngines> tls, Places places) {
        this.config = config;
        this.tls = tls;
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("earshot-tunnel-gateway", true), NioIoHandler.newFactory());
        thread = group.next();
        Map<String, byte[]> users = new HashMap<>();
        config.users().forEach((user, key) -> users.put(user, key.getBytes(StandardCharsets.UTF_8)));
        TunnelGatewayConfig.Limits limits = config.limits();
        core = new GatewayCore(new GatewayRules(Map.copyOf(users), places.signalling(), places.media(), config.keep().toNanos(),
            200 * Ticker.MILLISECOND, limits.sessions(), limits.sessionsPerUser(), limits.channels(), limits.bytesPerSecond()),
            IdSource.secure(), ticker, new Ports(thread, config.outside(), places.seen(), config.firstPort(), config.lastPort()),
            this::wake);
        counters.set(core.counters());
    }

    /** Starts; blocks while names are looked up. */
    static GatewayServer start(TunnelGatewayConfig config) throws IOException {
        Optional<TlsEngines> tls = config.tls().identity().isPresent()
            ? Optional.of(new TlsEngines(config.tls(), HostNames.Kind.WEB, "http/1.1")) : Optional.empty();
        if (tls.isPresent()) {
            tls.get().check();
        }
        GatewayServer server = new GatewayServer(config, tls, Places.of(config));
        try {
            server.listen();
            return server;
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
    }

    private void listen() throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS).childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) throws IOException {
                    if (tls.isPresent()) {
                        channel.pipeline().addLast(new SslHandler(tls.get().server(channel.remoteAddress())));
                    }
                    channel.pipeline().addLast(new HttpServerCodec(), new GatewayDoor(GatewayServer.this));
                }
            }).bind(config.listen()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("the tunnel gateway cannot listen on " + config.listen().getHostString() + " port "
                + config.listen().getPort() + ": " + bound.cause().getMessage(), bound.cause());
        }
        listener = Optional.of(bound.channel());
        thread.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    String path() {
        return config.path();
    }

    long now() {
        return ticker.now();
    }

    // ---- on Netty's thread

    Optional<GatewayLink> link(InetAddress remote) {
        return core.link(remote, ticker.now());
    }

    void add(Way way) {
        ways.add(way);
    }

    /** Returns the way that several requests share, making it for the first of them; empty for one that is not let in. */
    Optional<HttpWay> way(String id, boolean streaming, InetAddress remote) {
        HttpWay known = byId.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        return link(remote).map(link -> {
            HttpWay way = new HttpWay(this, link, streaming);
            byId.put(id, way);
            ways.add(way);
            return way;
        });
    }

    void received(Way way, ByteBuffer bytes) {
        if (ways.contains(way)) {
            way.link().onReceived(bytes, ticker.now());
            flush(way);
        }
    }

    void lost(Way way) {
        if (ways.remove(way)) {
            byId.values().remove(way);
            way.link().onLost(ticker.now());
        }
    }

    void flush(Way way) {
        long now = ticker.now();
        while (ways.contains(way) && way.isWritable()) {
            ByteBuffer out = way.link().transmit(now);
            if (!out.hasRemaining()) {
                break;
            }
            way.write(out);
        }
        if (way.link().isOver()) {
            lost(way);
            way.close();
        }
    }

    /** Something waits; once per turn of the thread is enough. */
    private void wake() {
        if (!waking) {
            waking = true;
            thread.execute(() -> {
                waking = false;
                List.copyOf(ways).forEach(this::flush);
            });
        }
    }

    private void tick() {
        long now = ticker.now();
        core.onTime(now);
        for (Way way : List.copyOf(ways)) {
            if (way.isGone(now)) {
                lost(way);
                way.close();
            } else {
                flush(way);
            }
        }
        counters.set(core.counters());
    }

    // ---- for others

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.orElseThrow().localAddress();
    }

    @Override
    public TunnelCounters counters() {
        return counters.get();
    }

    @Override
    public void close() {
        if (!thread.isShuttingDown()) {
            listener.ifPresent(Channel::close);
            thread.submit(() -> {
                core.stop();
                List.copyOf(ways).forEach(this::flush);
            }).awaitUninterruptibly(1, TimeUnit.SECONDS);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }
}
