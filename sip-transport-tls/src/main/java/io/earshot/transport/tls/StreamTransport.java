package io.earshot.transport.tls;

import static java.util.Objects.requireNonNull;

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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SIP over connections. One to a peer is made when there is something to send, and used again in both directions, whoever made it
 * (RFC 5923 §5): a connection made to us serves requests to the very address and port it came from, and under TLS also to the one that
 * the peer asked for, when its certificate is good for the name it gave. Under TLS only one that was made for the same name, or whose
 * certificate is good for it, is used again.
 */
final class StreamTransport implements SipTransport, Owner {
    private static final int READ_BUFFER = 64 * 1024;
    private static final int ACCEPTS_PER_TURN = 16;
    /** How long no connection is taken when the system has no descriptors left. */
    private static final long ACCEPT_PAUSE = Ticker.SECOND;

    private final String protocol;
    private final Layer.Factory layers;
    private final Binding binding;
    private final TransportConfig config;
    private final IoLoop loop;
    private final SipTransportListener listener;
    private final OwnAddress own;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
    /** Sockets that are open, those that only part included. */
    private final Map<Long, Connection> sockets = new LinkedHashMap<>();
    /** Those that can be used. */
    private final Map<Long, Connection> usable = new LinkedHashMap<>();
    private final Peers peers = new Peers();
    /** Those that somebody waits for without having sent anything. */
    private final Set<Long> awaited = new HashSet<>();
    private final Counts counts = new Counts();
    private long lastId;
    private boolean closed;

    private StreamTransport(String protocol, Layer.Factory layers, Binding binding, TransportConfig config, IoLoop loop,
            SipTransportListener listener) {
        this.protocol = protocol;
        this.layers = layers;
        this.binding = binding;
        this.config = config;
        this.loop = requireNonNull(loop);
        this.listener = requireNonNull(listener);
        this.own = new OwnAddress(new Routes(Ticker.system()), binding.address(), config.proxy(), loop);
    }

    static StreamTransport open(String protocol, Layer.Factory layers, boolean listen, TransportConfig config, IoLoop loop,
            SipTransportListener listener) throws IOException {
        Binding binding = Binding.bind(protocol, config, listen);
        try {
            StreamTransport transport = new StreamTransport(protocol, layers, binding, config, loop, listener);
            if (binding.listener().isPresent()) {
                loop.register(binding.listener().get(), SelectionKey.OP_ACCEPT, transport::accept);
            }
            return transport;
        } catch (IOException | RuntimeException e) {
            binding.holder().close();
            throw e;
        }
    }

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
        return false;
    }

    @Override
    public InetSocketAddress localAddress() {
        return binding.address();
    }

    @Override
    public InetSocketAddress localAddress(InetSocketAddress peer) {
        return own.towards(peer);
    }

    @Override
    public TransportCounters counters() {
        return counts.snapshot();
    }

    // ---- sending

    @Override
    public void send(InetSocketAddress peer, String host, ByteBuffer message) {
        if (closed) {
            fail(peer, "the " + protocol + " transport is closed");
        } else if (peer.isUnresolved()) {
            fail(peer, "the host name " + peer.getHostString() + " has not been resolved");
        } else if (message.hasRemaining()) {
            String name = peers.name(peer, host);
            Optional<Connection> known = peers.serving(peer, name);
            if (known.isPresent()) {
                known.get().send(message);
            } else {
                connect(peer, name, Optional.of(message));
            }
        }
    }

    @Override
    public boolean connect(InetSocketAddress peer, String host) {
        if (closed) {
            fail(peer, "the " + protocol + " transport is closed");
            return true;
        }
        String name = peers.name(peer, host);
        Optional<Connection> known = peers.serving(peer, name);
        if (known.isEmpty()) {
            connect(peer, name, Optional.empty());
        } else if (known.get().isOpen()) {
            loop.execute(() -> listener.connected(peer));
        } else {
            awaited.add(known.get().id());
        }
        return true;
    }

    @Override
    public void abandon(InetSocketAddress peer, String host) {
        peers.serving(peer, peers.name(peer, host)).filter(Connection::isIdle).ifPresent(unused -> {
            awaited.remove(unused.id());
            unused.abandon();
        });
    }

    @Override
    public void alias(Flow flow, InetSocketAddress address, String host) {
        Connection connection = usable.get(flow.connection());
        if (connection != null && flow.equals(connection.flow()) && connection.proves(host)) {
            peers.alias(connection, address);
        }
    }

    @Override
    public void send(Flow flow, ByteBuffer message) {
        Connection connection = usable.get(flow.connection());
        if (closed || connection == null || !flow.equals(connection.flow())) {
            fail(flow.remote(), "the " + protocol + " connection to " + Reasons.text(flow.remote()) + " is gone");
        } else if (message.hasRemaining()) {
            connection.send(message);
        }
    }

    private void connect(InetSocketAddress peer, String host, Optional<ByteBuffer> message) {
        if (sockets.size() >= config.stream().maxConnections()) {
            fail(peer, "there are " + sockets.size() + " " + protocol + " connections already, which is the limit");
            return;
        }
        try {
            SocketChannel channel = proxied() ? SocketChannel.open() : SocketChannel.open(Binding.family(peer.getAddress()));
            try {
                Binding.prepare(channel, config.trafficClass());
                Connection connection = add(channel, peer, host, true);
                message.ifPresentOrElse(connection::send, () -> awaited.add(connection.id()));
                connection.open(binding.address());
            } catch (IOException | RuntimeException e) { // unchecked ones: port 0, unsupported address
                channel.close();
                forgetLast();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            counts.errors++;
            fail(peer, describe(peer, Reasons.connecting(e)));
        }
    }

    private Connection add(SocketChannel channel, InetSocketAddress peer, String host, boolean outbound) throws IOException {
        Connection connection = new Connection(this, channel, new Connection.Ends(protocol, peer, host, outbound, ++lastId), layers);
        sockets.put(connection.id(), connection);
        usable.put(connection.id(), connection);
        peers.add(connection);
        return connection;
    }

    /** The last connection added could not even be begun. */
    private void forgetLast() {
        Optional.ofNullable(sockets.get(lastId)).ifPresent(Connection::abandon);
    }

    // ---- taking

    private void accept(SelectionKey key) {
        ServerSocketChannel server = (ServerSocketChannel) key.channel();
        for (int i = 0; i < ACCEPTS_PER_TURN && !closed; i++) {
            try {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                take(channel);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) { // as a rule: too many open files
                counts.errors++;
                key.interestOps(0);
                loop.schedule(ACCEPT_PAUSE, () -> {
                    if (key.isValid()) {
                        key.interestOps(SelectionKey.OP_ACCEPT);
                    }
                });
                return;
            }
        }
    }

    private void take(SocketChannel channel) throws IOException {
        if (sockets.size() >= config.stream().maxConnections()) {
            counts.errors++;
            channel.close();
            return;
        }
        try {
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            Binding.prepare(channel, config.trafficClass());
            add(channel, peer, Reasons.plain(peer), false).open(binding.address());
        } catch (IOException | RuntimeException e) { // the peer has gone again
            counts.errors++;
            channel.close();
            forgetLast();
        }
    }

    // ---- connections

    @Override
    public IoLoop loop() {
        return loop;
    }

    @Override
    public StreamConfig config() {
        return config.stream();
    }

    private boolean proxied() {
        return config.proxy().kind() != ProxyConfig.Kind.NONE;
    }

    @Override
    public ProxyConfig proxy() {
        return config.proxy();
    }

    @Override
    public int trafficClass() {
        return config.trafficClass();
    }

    @Override
    public ByteBuffer readBuffer() {
        return readBuffer;
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public void received(Connection from, ByteBuffer data) {
        if (!closed) {
            listener.received(from.flow(), data);
        }
    }

    @Override
    public void established(Connection connection, String host) {
        if (connection.isOutbound()) {
            peers.proved(connection.remote(), host);
        }
        if (awaited.remove(connection.id())) {
            loop.execute(() -> listener.connected(connection.remote()));
        }
    }

    @Override
    public void stillborn(Connection connection, String reason, int messages) {
        boolean wanted = awaited.remove(connection.id());
        retire(connection);
        if (messages > 0 || wanted) {
            counts.sendFailed += Math.max(0, messages - 1);
            fail(connection.remote(), describe(connection.remote(), reason));
        } else {
            counts.errors++;
            System.getLogger(StreamTransport.class.getName()).log(System.Logger.Level.DEBUG,
                () -> protocol + " connection from " + Reasons.text(connection.remote()) + " came to nothing: " + reason);
        }
    }

    @Override
    public void overflowed(Connection connection, String reason) {
        fail(connection.remote(), describe(connection.remote(), reason));
    }

    @Override
    public void ended(Connection connection, String reason) {
        retire(connection);
        Flow flow = connection.flow();
        loop.execute(() -> {
            if (!closed) {
                listener.closed(flow, describe(flow.remote(), reason));
            }
        });
    }

    @Override
    public void gone(Connection connection) {
        retire(connection);
        sockets.remove(connection.id());
    }

    private void retire(Connection connection) {
        usable.remove(connection.id());
        peers.remove(connection);
    }

    private String describe(InetSocketAddress peer, String reason) {
        return protocol + " with " + Reasons.text(peer) + ": " + reason;
    }

    /** Told later, so that the owner never hears of a failure in the middle of its own call. */
    private void fail(InetSocketAddress peer, String reason) {
        counts.sendFailed++;
        loop.execute(() -> listener.sendFailed(peer, reason));
    }

    // ---- ends

    @Override
    public void close(Flow flow, String reason) {
        Connection connection = usable.get(flow.connection());
        if (connection != null && flow.equals(connection.flow())) {
            connection.part(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(sockets.values()).forEach(Connection::abandon);
        try {
            binding.holder().close();
        } catch (IOException e) {
            counts.errors++; // nothing is left to be done about it
        }
    }

    /** Returns how many sockets are open, for logs. */
    @Override
    public String toString() {
        return protocol + " on " + Reasons.text(binding.address()) + " [" + sockets.size() + " connections]";
    }
}
