package io.earshot.testkit.net;

import static java.util.Objects.requireNonNull;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SIP over something like TCP on the virtual network: connections are made on demand and reused. */
final class StreamTransport implements SipTransport {
    private final VirtualHost host;
    private final String protocol;
    private final SipTransportListener listener;
    private final InetSocketAddress bound;
    private final Map<Long, StreamEnd> ends = new LinkedHashMap<>();
    private boolean closed;

    private StreamTransport(VirtualHost host, String protocol, TransportConfig config, SipTransportListener listener) throws IOException {
        this.host = host;
        this.protocol = protocol;
        this.listener = requireNonNull(listener);
        bound = host.listen(this, config.bind());
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
        return bound;
    }

    @Override
    public InetSocketAddress localAddress(InetSocketAddress peer) {
        return host.sourceTowards(bound, peer);
    }

    @Override
    public void send(InetSocketAddress peer, String name, ByteBuffer message) {
        byte[] data = copy(message);
        if (closed) {
            fail(peer, "the " + protocol + " transport is closed");
            return;
        }
        if (peer.isUnresolved()) {
            fail(peer, "the host name " + peer.getHostString() + " has not been resolved");
            return;
        }
        Optional<StreamEnd> known = ends.values().stream().filter(end -> end.remote().equals(peer)).findFirst();
        StreamEnd end = known.isPresent() ? known.get() : connect(peer);
        end.write(data);
    }

    @Override
    public void send(Flow flow, ByteBuffer message) {
        StreamEnd end = ends.get(flow.connection());
        if (end == null) {
            fail(flow.remote(), "the connection to " + text(flow.remote()) + " is gone");
            return;
        }
        end.write(copy(message));
    }

    @Override
    public void close(Flow flow, String reason) {
        StreamEnd end = ends.get(flow.connection());
        if (end != null) {
            ended(end, reason);
            end.shut("closed by the peer");
        }
    }

    private StreamEnd connect(InetSocketAddress peer) {
        InetSocketAddress base = host.sourceTowards(bound, peer);
        InetSocketAddress local = new InetSocketAddress(base.getAddress(), host.ephemeral());
        StreamEnd end = new StreamEnd(this, local, peer, host.network().nextConnection());
        ends.put(end.id(), end);
        end.connect(host.network().route(host, local, peer));
        return end;
    }

    /** Takes a connection from outside. */
    StreamEnd accept(InetSocketAddress local, InetSocketAddress remote) {
        StreamEnd end = new StreamEnd(this, local, remote, host.network().nextConnection());
        ends.put(end.id(), end);
        return end;
    }

    VirtualHost host() {
        return host;
    }

    void deliver(StreamEnd end, byte[] data) {
        if (!closed) {
            listener.received(end.flow(), ByteBuffer.wrap(data));
        }
    }

    /** Forgets a connection that ended and tells the owner, unless it was the owner who closed. */
    void ended(StreamEnd end, String reason) {
        if (ends.remove(end.id()) != null && !closed) {
            host.loop().execute(() -> listener.closed(end.flow(), reason));
        }
    }

    /** Forgets a connection that never came to be. */
    void refused(StreamEnd end) {
        ends.remove(end.id());
    }

    void fail(InetSocketAddress peer, String reason) {
        host.loop().execute(() -> listener.sendFailed(peer, reason));
    }

    void reset() {
        List.copyOf(ends.values()).forEach(end -> end.shut("the connection was reset"));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            host.unlisten(this);
            List.copyOf(ends.values()).forEach(end -> end.shut("closed by the peer"));
            ends.clear();
        }
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }

    private static byte[] copy(ByteBuffer message) {
        byte[] data = new byte[message.remaining()];
        message.get(data);
        return data;
    }

    record Provider(VirtualHost host, String protocol) implements SipTransportProvider {
        @Override
        public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
            DatagramTransport.check(host, loop);
            return new StreamTransport(host, protocol, config, listener);
        }
    }
}
