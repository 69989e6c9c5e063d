package io.earshot.transport.tunnel;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import io.earshot.transport.tunnel.core.ClientCore;
import io.earshot.transport.tunnel.core.ClientOutput;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** SIP over a UDP socket that is at the gateway. There is one socket, whoever opens it, so that its address stays. */
final class TunnelSip implements SipTransportProvider {
    private static final String PROTOCOL = "UDP";
    private static final int NONE = -1;
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

    private final ClientTunnel tunnel;
    private final AtomicReference<InetSocketAddress> address = new AtomicReference<>(NOWHERE);
    private final AtomicReference<Optional<Socket>> user = new AtomicReference<>(Optional.empty());
    // On the tunnel's thread.
    private int channel;

    TunnelSip(ClientTunnel tunnel) {
        this.tunnel = tunnel;
    }

    void begin(ClientCore core) {
        channel = core.openSignalling();
    }

    /** Returns whether the address is another one than before; empty if this is not about SIP. */
    Optional<Boolean> opened(int which, InetSocketAddress where) {
        if (which != channel) {
            return Optional.empty();
        }
        InetSocketAddress before = address.getAndSet(where);
        return Optional.of(!before.equals(where));
    }

    /** The gateway does not give us a socket now: it is asked again after a while. */
    void gone(ClientOutput.Gone gone) {
        if (gone.channel() == channel) {
            address.set(NOWHERE);
            channel = NONE;
            tunnel.later(() -> channel = tunnel.core().openSignalling());
        }
    }

    boolean received(ClientOutput.Received received) {
        if (received.channel() != channel) {
            return false;
        }
        ByteBuffer copy = ByteBuffer.allocate(received.payload().remaining()).put(received.payload()).flip();
        user.get().ifPresent(socket -> socket.loop.execute(() -> socket.take(received.peer(), copy)));
        return true;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) {
        Socket socket = new Socket(config, loop, listener);
        user.set(Optional.of(socket));
        return socket;
    }

    /** The end of a phone; confined to its loop. */
    private final class Socket implements SipTransport {
        private final TransportConfig config;
        private final IoLoop loop;
        private final SipTransportListener listener;
        private boolean closed;
        private long received;
        private long sent;
        private long oversize;
        private long failed;

        Socket(TransportConfig config, IoLoop loop, SipTransportListener listener) {
            this.config = config;
            this.loop = loop;
            this.listener = listener;
        }

        void take(InetSocketAddress peer, ByteBuffer message) {
            if (closed) {
                return;
            }
            if (message.remaining() > config.maxMessage()) {
                oversize++;
                return;
            }
            received++;
            listener.received(new Flow(PROTOCOL, localAddress(), peer, 0), message);
        }

        @Override
        public String protocol() {
            return PROTOCOL;
        }

        @Override
        public boolean reliable() {
            return false;
        }

        @Override
        public boolean messageOriented() {
            return true;
        }

        @Override
        public InetSocketAddress localAddress() {
            return address.get();
        }

        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            return address.get();
        }

        @Override
        public void send(InetSocketAddress peer, String host, ByteBuffer message) {
            if (closed) {
                return;
            }
            if (peer.isUnresolved() || address.get().getPort() == 0) {
                fail(peer, peer.isUnresolved() ? "the name has not been looked up" : tunnel.describe());
                return;
            }
            sent++;
            ByteBuffer copy = ByteBuffer.allocate(message.remaining()).put(message).flip();
            tunnel.execute(() -> {
                if (!tunnel.core().send(channel, peer, copy, tunnel.now())) {
                    loop.execute(() -> fail(peer, "too much waits for the tunnel already"));
                }
            });
        }

        private void fail(InetSocketAddress peer, String reason) {
            failed++;
            loop.execute(() -> {
                if (!closed) {
                    listener.sendFailed(peer, "UDP to " + peer.getHostString() + " port " + peer.getPort() + " through the tunnel: "
                        + reason);
                }
            });
        }

        @Override
        public void send(Flow flow, ByteBuffer message) {
            send(flow.remote(), "", message);
        }

        @Override
        public TransportCounters counters() {
            return new TransportCounters(received, sent, oversize, 0, failed, 0);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
