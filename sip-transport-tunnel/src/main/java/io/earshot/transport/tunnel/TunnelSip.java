package io.earshot.transport.tunnel;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.RelayedDatagrams;
import io.earshot.transport.tunnel.core.ClientCore;
import io.earshot.transport.tunnel.core.ClientOutput;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** SIP over a UDP socket that is at the gateway. There is one socket, whoever opens it, so that its address stays. */
final class TunnelSip implements SipTransportProvider {
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
        return RelayedDatagrams.PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) {
        Socket socket = new Socket(config, loop, listener);
        user.set(Optional.of(socket));
        return socket;
    }

    /** The end of a phone; confined to its loop. */
    private final class Socket extends RelayedDatagrams {
        private final IoLoop loop;

        Socket(TransportConfig config, IoLoop loop, SipTransportListener listener) {
            super(config, loop, listener, " through the tunnel");
            this.loop = loop;
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
        protected Optional<String> transmit(InetSocketAddress peer, ByteBuffer message) {
            if (address.get().getPort() == 0) {
                return Optional.of(tunnel.describe());
            }
            ByteBuffer copy = ByteBuffer.allocate(message.remaining()).put(message).flip();
            tunnel.execute(() -> {
                if (!tunnel.core().send(channel, peer, copy, tunnel.now())) {
                    loop.execute(() -> fail(peer, "too much waits for the tunnel already"));
                }
            });
            return Optional.empty();
        }

        @Override
        protected void release() {
            user.updateAndGet(now -> now.filter(one -> one != this));
        }
    }
}
