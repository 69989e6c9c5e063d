package io.earshot.sdk.internal.socks;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.RelayedDatagrams;
import io.earshot.transport.common.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** SIP over UDP through a SOCKS proxy; directly where the proxy does not carry it. */
final class SocksSip implements SipTransportProvider {
    /** An address of documentation (RFC 5737): the way there is the usual way out. */
    private static final InetAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9).getAddress();

    private final SocksDoor door;

    SocksSip(SocksDoor door) {
        this.door = door;
    }

    @Override
    public String protocol() {
        return RelayedDatagrams.PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        Socket socket = new Socket(config, loop, listener);
        int largest = Math.min(RelayedDatagrams.LARGEST, config.maxMessage());
        socket.port = door.port(config.bind(), config.trafficClass(), largest, loop, socket::take, door.watch());
        return socket;
    }

    /** Confined to the loop. */
    private static final class Socket extends RelayedDatagrams {
        private final Routes routes = new Routes(Ticker.system());
        private SocksPort port;

        Socket(TransportConfig config, IoLoop loop, SipTransportListener listener) {
            super(config, loop, listener, "");
        }

        @Override
        public InetSocketAddress localAddress() {
            return port.localAddress();
        }

        /** The address that leads to the proxy; without an association the one that leads there, or anywhere. */
        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            InetSocketAddress bound = port.localAddress();
            return !bound.getAddress().isAnyLocalAddress() ? bound : port.inside()
                    .or(() -> peer.isUnresolved() ? Optional.empty() : routes.towards(peer.getAddress()))
                    .or(() -> routes.towards(ANYWHERE)).map(local -> new InetSocketAddress(local, bound.getPort())).orElse(bound);
        }

        @Override
        protected Optional<String> transmit(InetSocketAddress peer, ByteBuffer message) {
            return port.send(peer, message) ? Optional.empty()
                    : Optional.of(port.proxied() ? "it cannot be sent to the proxy" : "there is no route to it");
        }

        @Override
        protected void release() {
            port.close();
        }
    }
}
