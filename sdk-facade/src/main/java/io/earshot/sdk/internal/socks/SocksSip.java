package io.earshot.sdk.internal.socks;

import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** SIP over UDP through a SOCKS proxy; directly where the proxy does not carry it. */
final class SocksSip implements SipTransportProvider {
    private static final String PROTOCOL = "UDP";
    private static final int LARGEST = 65_507;

    /** An address of documentation (RFC 5737): the way there is the usual way out. */
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);

    private final SocksDoor door;

    SocksSip(SocksDoor door) {
        this.door = door;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        Socket socket = new Socket(config, loop, listener);
        socket.port = door.port(config.bind(), config.trafficClass(), Math.min(LARGEST, config.maxMessage()), loop, socket::take,
                door.watch());
        return socket;
    }

    /** Confined to the loop. */
    private final class Socket implements SipTransport {
        private final TransportConfig config;
        private final IoLoop loop;
        private final SipTransportListener listener;
        private SocksPort port;
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
            listener.received(new Flow(PROTOCOL, port.localAddress(), peer, 0), message);
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
            return port.localAddress();
        }

        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            InetSocketAddress bound = port.localAddress();
            return !bound.getAddress().isAnyLocalAddress() ? bound : port.inside().or(() -> ask(peer)).or(() -> ask(ANYWHERE))
                    .map(local -> new InetSocketAddress(local, bound.getPort())).orElse(bound);
        }

        /** Returns which address of this machine leads there; sends nothing. */
        private Optional<InetAddress> ask(InetSocketAddress peer) {
            try (DatagramChannel scratch = DatagramChannel.open()) {
                scratch.connect(peer);
                InetAddress local = ((InetSocketAddress) scratch.getLocalAddress()).getAddress();
                return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(InetAddress.getByAddress(local.getAddress()));
            } catch (IOException | IllegalArgumentException none) { // no route; port 0
                return Optional.empty();
            }
        }

        @Override
        public void send(InetSocketAddress peer, String host, ByteBuffer message) {
            if (closed) {
                return;
            }
            if (peer.isUnresolved()) {
                fail(peer, "the name has not been looked up");
            } else if (message.remaining() > LARGEST) {
                fail(peer, "a message of " + message.remaining() + " bytes does not fit into a datagram; use TCP");
            } else if (!message.hasRemaining() || port.send(peer, message)) {
                sent++;
            } else {
                fail(peer, port.proxied() ? "it cannot be sent to the proxy" : "there is no route to it");
            }
        }

        private void fail(InetSocketAddress peer, String reason) {
            failed++;
            loop.execute(() -> {
                if (!closed) {
                    listener.sendFailed(peer, "UDP to " + ProxiedNames.target(peer) + " port " + peer.getPort() + ": " + reason);
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
            port.close();
        }
    }
}
