package io.earshot.transport.tunnel;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelCounters;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelVisit;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsEngines;
import io.earshot.transport.tunnel.core.GatewayCore;
import io.earshot.transport.tunnel.core.GatewayLink;
import io.earshot.transport.tunnel.core.GatewayOwner;
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
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A gateway: one thread of Netty with the core, the connections of clients and the sockets to the world. */
final class GatewayServer implements TunnelGateway, GatewayOwner {
    private static final int TICK_MS = 50;
    private static final int SEND_BUFFER = 32_768;
    private static final int BACKLOG = 512;
    private static final int IDLE_S = 120;
    private static final int WORKERS = 2;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(2_048, 8_192);

    private final TunnelGatewayConfig config;
    private final Fronts fronts;
    private final Visitors visitors;
    private final Consumer<TunnelVisit> guests;
    private final ExecutorService workers;
    private final Ticker ticker = Ticker.system();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop thread;
    private final GatewayCore core;
    private final Map<GatewayLink, Way> ways = new LinkedHashMap<>();
    private final Set<GatewayLink> waiting = new LinkedHashSet<>();
    private final Map<String, HttpWay> byId = new HashMap<>();
    private final AtomicReference<TunnelCounters> counters = new AtomicReference<>();
    private Optional<Channel> listener = Optional.empty();
    private Optional<TlsEngines> tls;

    private GatewayServer(TunnelGatewayConfig config, Optional<TlsEngines> tls, Places places, Consumer<TunnelVisit> guests) {
        this.config = config;
        this.guests = guests;
        this.tls = tls;
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("earshot-tunnel-gateway", true), NioIoHandler.newFactory());
        thread = group.next();
        workers = Executors.newFixedThreadPool(WORKERS, new DefaultThreadFactory("earshot-tunnel-gateway-work", true));
        TunnelGatewayConfig.Limits limits = config.limits();
        fronts = new Fronts(config.fronts());
        visitors = new Visitors(fronts, 4 * limits.sessions() + limits.strangers(), limits.strangers());
        core = new GatewayCore(new GatewayRules(keys(config.users()), places.signalling(), places.media(), config.keep().toNanos(),
            200 * Ticker.MILLISECOND, limits.sessions(), limits.sessionsPerUser(), limits.channels(), limits.bytesPerSecond(),
            limits.strangers()), IdSource.secure(), ticker, new Ports(thread, config.outside(), places.seen(), config.firstPort(),
            config.lastPort()),
            this);
        counters.set(core.counters());
    }

    /** Starts; blocks while names are looked up. */
    static GatewayServer start(TunnelGatewayConfig config, Consumer<TunnelVisit> guests) throws IOException {
        GatewayServer server = new GatewayServer(config, engines(config.tls()), Places.of(config), guests);
        try {
            server.listen();
            return server;
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
    }

    private static Map<String, byte[]> keys(Map<String, String> users) {
        Map<String, byte[]> keys = new HashMap<>();
        users.forEach((user, key) -> keys.put(user, key.getBytes(StandardCharsets.UTF_8)));
        return Map.copyOf(keys);
    }

    private static Optional<TlsEngines> engines(TlsConfig config) throws IOException {
        if (config.identity().isEmpty()) {
            return Optional.empty();
        }
        TlsEngines engines = new TlsEngines(config, HostNames.Kind.WEB, "http/1.1");
        engines.check();
        return Optional.of(engines);
    }

    private void listen() throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS).childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) throws IOException {
                    if (!visitors.admit(channel, channel.remoteAddress(), ticker.now())) {
                        channel.close();
                        return;
                    }
                    if (tls.isPresent()) {
                        channel.pipeline().addLast(new SslHandler(tls.get().server(channel.remoteAddress()), workers));
                    }
                    channel.pipeline().addLast(new IdleStateHandler(0, 0, IDLE_S), new HttpServerCodec(),
                        new GatewayDoor(GatewayServer.this));
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

    Fronts fronts() {
        return fronts;
    }

    Visitors visitors() {
        return visitors;
    }

    // ---- on Netty's thread

    Optional<GatewayLink> link(InetAddress remote) {
        return core.link(remote, ticker.now());
    }

    void add(Way way) {
        ways.put(way.link(), way);
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
            add(way);
            return way;
        });
    }

    void received(Way way, ByteBuffer bytes) {
        if (isKnown(way)) {
            way.link().onReceived(bytes, ticker.now());
            flush(way);
        }
    }

    void lost(Way way) {
        if (ways.remove(way.link(), way)) {
            waiting.remove(way.link());
            byId.values().remove(way);
            way.link().onLost(ticker.now());
        }
    }

    void flush(Way way) {
        long now = ticker.now();
        while (isKnown(way) && way.isWritable()) {
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

    private boolean isKnown(Way way) {
        return ways.get(way.link()) == way;
    }

    /** Something waits; once per turn of the thread is enough. */
    @Override
    public void wake(GatewayLink link) {
        if (waiting.isEmpty()) {
            thread.execute(() -> {
                List<GatewayLink> all = List.copyOf(waiting);
                waiting.clear();
                all.forEach(one -> Optional.ofNullable(ways.get(one)).ifPresent(this::flush));
            });
        }
        waiting.add(link);
    }

    @Override
    public void visited(TunnelVisit visit) {
        guests.accept(visit);
    }

    private void tick() {
        long now = ticker.now();
        core.onTime(now);
        for (Way way : List.copyOf(ways.values())) {
            if (way.isGone(now)) {
                lost(way);
                way.close();
            } else {
                flush(way);
            }
        }
        visitors.onTime(now);
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
    public void renew(Map<String, String> users, TlsConfig identity) throws IOException {
        TunnelGatewayConfig checked = config.withUsers(users).withTls(identity);
        Optional<TlsEngines> fresh = engines(checked.tls());
        if (fresh.isPresent() != config.tls().identity().isPresent()) {
            throw new IOException("a tunnel gateway speaks TLS or does not for as long as it runs: start another one");
        }
        thread.execute(() -> {
            tls = fresh;
            core.users(keys(checked.users()));
            List.copyOf(ways.values()).forEach(this::flush);
        });
    }

    @Override
    public void close() {
        if (!thread.isShuttingDown()) {
            listener.ifPresent(Channel::close);
            thread.submit(() -> {
                core.stop();
                List.copyOf(ways.values()).forEach(this::flush);
            }).awaitUninterruptibly(1, TimeUnit.SECONDS);
            workers.shutdown();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }
}
