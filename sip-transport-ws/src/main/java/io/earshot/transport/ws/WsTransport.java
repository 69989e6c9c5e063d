package io.earshot.transport.ws;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import io.earshot.transport.common.OwnAddress;
import io.earshot.transport.common.Reasons;
import io.earshot.transport.common.Routes;
import io.earshot.transport.common.TlsEngines;
import io.earshot.transport.common.TlsReasons;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/** A transport over WebSocket, plain or secured. Its own state is confined to the loop; Netty's thread hands over tasks. */
final class WsTransport implements SipTransport, Link.Owner {
    private static final int MAX_HTTP_LINE = 4_096;
    private static final int MAX_HTTP_HEADERS = 16_384;
    private static final int MAX_HTTP_BODY = 16_384;

    private final String protocol;
    private final Optional<TlsEngines> tls;
    private final TransportConfig config;
    private final IoLoop loop;
    private final SipTransportListener listener;
    private final Port port;
    private final Sockets sockets;
    private final OwnAddress own;
    private final Counts counts = new Counts();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Link> links = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Map<Long, Link>> byPeer = new HashMap<>();
    private boolean closed;

    private WsTransport(String protocol, Optional<TlsEngines> tls, TransportConfig config, IoLoop loop, SipTransportListener listener,
            Port port) {
        this.protocol = protocol;
        this.tls = tls;
        this.config = config;
        this.loop = loop;
        this.listener = listener;
        this.port = port;
        this.sockets = new Sockets(protocol, config);
        this.own = new OwnAddress(new Routes(Ticker.system()), port.address(), config.proxy(), loop);
    }

    static WsTransport open(String protocol, Optional<TlsEngines> tls, TransportConfig config, IoLoop loop, SipTransportListener listener)
            throws IOException {
        Port port = Port.bind(protocol, config.bind(), config.webSocket().listen());
        WsTransport transport = new WsTransport(protocol, tls, config, loop, listener, port);
        boolean welcoming = tls.isEmpty() || tls.get().hasIdentity();
        port.listener().ifPresent(socket -> transport.sockets.listen(socket, welcoming, transport::admit));
        return transport;
    }

    // ---- what it is

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public boolean messageOriented() {
        return true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return port.address();
    }

    @Override
    public InetSocketAddress localAddress(InetSocketAddress peer) {
        return own.towards(peer);
    }

    @Override
    public TransportCounters counters() {
        return new TransportCounters(counts.received, counts.sent, counts.oversize, counts.queueFull, counts.sendFailed, counts.errors);
    }

    @Override
    public IoLoop loop() {
        return loop;
    }

    @Override
    public StreamConfig config() {
        return config.stream();
    }

    @Override
    public Counts counts() {
        return counts;
    }

    // ---- sending

    @Override
    public void send(InetSocketAddress peer, String host, ByteBuffer message) {
        if (closed) {
            return;
        }
        if (peer.isUnresolved()) {
            fail(peer, protocol + " cannot reach " + Reasons.text(peer) + ": the name has not been looked up");
            return;
        }
        Optional<Link> known = link(peer, host);
        if (known.isPresent()) {
            known.get().send(message);
        } else if (Link.isPing(message)) {
            return; // there is nothing to keep alive
        } else if (links.size() >= config.stream().maxConnections()) {
            fail(peer, describe(peer, "there are too many connections already"));
        } else {
            begin(peer, host).ifPresent(link -> link.send(message));
        }
    }

    @Override
    public void send(Flow flow, ByteBuffer message) {
        Link link = links.get(flow.connection());
        if (closed) {
            return;
        }
        if (link == null || link.flow().filter(flow::equals).isEmpty()) {
            fail(flow.remote(), describe(flow.remote(), "the connection is gone"));
        } else {
            link.send(message);
        }
    }

    @Override
    public boolean connect(InetSocketAddress peer, String host) {
        if (closed || peer.isUnresolved()) {
            return false;
        }
        Optional<Link> known = link(peer, host);
        if (known.isEmpty() && links.size() >= config.stream().maxConnections()) {
            fail(peer, describe(peer, "there are too many connections already"));
            return true;
        }
        known.or(() -> begin(peer, host)).ifPresent(link -> link.tellWhenOpen(() -> listener.connected(peer)));
        return true;
    }

    @Override
    public void abandon(InetSocketAddress peer, String host) {
        link(peer, host).filter(Link::isUnused).ifPresent(Link::forsake);
    }

    private Optional<Link> link(InetSocketAddress peer, String host) {
        return byPeer.getOrDefault(peer, Map.of()).values().stream().filter(link -> link.serves(host)).findFirst();
    }

    /** Begins to connect; empty, and told of, if that is not possible. */
    private Optional<Link> begin(InetSocketAddress peer, String host) {
        Address address;
        Optional<SslHandler> secured;
        try {
            address = Address.of(protocol, host, peer);
            secured = tls.isEmpty() ? Optional.empty() : Optional.of(handler(tls.get().client(address.host(), peer.getPort())));
        } catch (URISyntaxException e) {
            fail(peer, describe(peer, "its name '" + host + "' does not fit into a WebSocket address"));
            return Optional.empty();
        } catch (IOException e) {
            fail(peer, describe(peer, Reasons.detail(e)));
            return Optional.empty();
        }
        Optional<TlsReasons> reasons = tls.map(engines -> new TlsReasons(address.host(), engines.hasIdentity(),
            "write ws:// for a server without it"));
        Link link = new Link(this, peer, List.of(host, address.host()), true, ids.incrementAndGet());
        add(link);
        Map<String, String> headers = config.webSocket().headers().getOrDefault(address.host().toLowerCase(Locale.ROOT), Map.of());
        Consumer<ChannelPipeline> handlers = pipeline -> {
            secured.ifPresent(pipeline::addLast);
            pipeline.addLast(new HttpClientCodec(MAX_HTTP_LINE, MAX_HTTP_HEADERS, MAX_HTTP_BODY), new HttpObjectAggregator(MAX_HTTP_BODY),
                new Caller(address, reasons, headers, config.maxMessage(), new Arrival(link)));
        };
        if (config.proxy().kind() == ProxyConfig.Kind.NONE) {
            link.connecting(sockets.connect(peer, handlers, cause -> loop.execute(() -> {
                counts.errors++;
                link.gone(Reasons.connecting(cause));
            })));
        } else {
            link.waiting();
            new ProxiedDial(config.proxy(), loop, sockets, link, handlers).begin();
        }
        return Optional.of(link);
    }

    private SslHandler handler(SSLEngine engine) {
        SslHandler handler = new SslHandler(engine, loop.workers());
        handler.setHandshakeTimeout(config.stream().connectTimeout(), TimeUnit.NANOSECONDS);
        return handler;
    }

    /** The outcome of a handshake of ours; on Netty's thread. */
    private final class Arrival implements Caller.Outcome {
        private final Link link;

        private Arrival(Link link) {
            this.link = link;
        }

        @Override
        public void open(ChannelHandlerContext context) {
            enter(context, link);
        }

        @Override
        public void failed(ChannelHandlerContext context, String reason) {
            loop.execute(() -> link.gone(reason));
        }
    }

    // ---- those who connect to us, on Netty's thread

    private void admit(SocketChannel channel) {
        InetSocketAddress remote = channel.remoteAddress();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new HttpServerCodec(MAX_HTTP_LINE, MAX_HTTP_HEADERS, MAX_HTTP_BODY), new HttpObjectAggregator(MAX_HTTP_BODY),
            new Doorman(config.webSocket(), config.maxMessage(), config.stream().silenceTimeout(), context -> {
                Link link = new Link(this, remote, List.of(Reasons.plain(remote)), false, ids.incrementAndGet());
                loop.execute(() -> add(link));
                enter(context, link);
            }));
        if (tls.isPresent()) {
            channel.config().setAutoRead(false);
            loop.execute(() -> secure(channel, remote)); // the context belongs to the loop
        }
    }

    private void secure(SocketChannel channel, InetSocketAddress remote) {
        try {
            SslHandler handler = handler(tls.orElseThrow().server(remote));
            channel.eventLoop().execute(() -> {
                channel.pipeline().addFirst(handler);
                channel.config().setAutoRead(true);
            });
        } catch (IOException e) {
            counts.errors++;
            channel.close();
        }
    }

    private void enter(ChannelHandlerContext context, Link link) {
        SocketChannel channel = (SocketChannel) context.channel();
        Flow flow = new Flow(protocol, channel.localAddress(), link.remote(), link.id());
        Frames.install(context.pipeline(), link, this, config.webSocket(), config.maxMessage());
        // After what Netty still does to the pipeline within this turn.
        channel.eventLoop().execute(() -> loop.execute(() -> {
            if (closed) {
                channel.close();
            } else {
                link.opened(channel, flow);
            }
        }));
    }

    private void add(Link link) {
        links.put(link.id(), link);
        byPeer.computeIfAbsent(link.remote(), peer -> new LinkedHashMap<>()).put(link.id(), link);
    }

    private void remove(Link link) {
        links.remove(link.id());
        Map<Long, Link> siblings = byPeer.getOrDefault(link.remote(), Map.of());
        if (siblings.containsKey(link.id())) {
            siblings.remove(link.id());
            if (siblings.isEmpty()) {
                byPeer.remove(link.remote());
            }
        }
    }

    // ---- what becomes of connections

    @Override
    public void received(Link from, ByteBuffer message) {
        if (!closed) {
            listener.received(from.flow().orElseThrow(), message);
        }
    }

    @Override
    public void stillborn(Link link, String reason, int messages) {
        remove(link);
        for (int i = 0; i < messages; i++) {
            fail(link.remote(), describe(link.remote(), reason));
        }
    }

    @Override
    public void overflowed(Link link, String reason) {
        fail(link.remote(), describe(link.remote(), reason));
    }

    @Override
    public void ended(Link link, String reason) {
        remove(link);
        Flow flow = link.flow().orElseThrow();
        loop.execute(() -> {
            if (!closed) {
                listener.closed(flow, describe(flow.remote(), reason));
            }
        });
    }

    private String describe(InetSocketAddress peer, String reason) {
        return protocol + " with " + Reasons.text(peer) + ": " + reason;
    }

    /** Told later, so that the owner never hears of a failure in the middle of its own call. */
    private void fail(InetSocketAddress peer, String reason) {
        counts.sendFailed++;
        loop.execute(() -> listener.sendFailed(peer, reason));
    }

    @Override
    public void close(Flow flow, String reason) {
        Link link = links.get(flow.connection());
        if (link != null && link.flow().filter(flow::equals).isPresent()) {
            link.part(reason);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(links.values()).forEach(Link::abandon);
            sockets.close();
        }
    }

    /** Returns where it is and how many connections it has, for logs. */
    @Override
    public String toString() {
        return protocol + " on " + Reasons.text(port.address()) + " [" + links.size() + " connections]";
    }
}
