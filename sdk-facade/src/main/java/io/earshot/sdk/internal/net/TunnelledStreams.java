package io.earshot.sdk.internal.net;

import io.earshot.api.proxy.ProxyConfig;
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

/** SIP over connections that leave from a tunnel gateway: TLS is between us and the server. Nobody can connect to us. */
public final class TunnelledStreams implements SipTransportProvider {
    private final SipTransportProvider plain;
    private final ProxyConfig door;

    /** Makes one. @param door through which connections get to the gateway */
    public TunnelledStreams(SipTransportProvider plain, ProxyConfig door) {
        this.plain = plain;
        this.door = door;
    }

    @Override
    public String protocol() {
        return plain.protocol();
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        TransportConfig inside = new TransportConfig(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), config.trafficClass(),
                config.maxMessage(), config.stream().withListen(false), config.tls(), config.webSocket(), door);
        return new Inside(plain.open(inside, loop, listener));
    }

    /** One that has no port of its own. */
    private record Inside(SipTransport plain) implements SipTransport {
        private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

        @Override
        public String protocol() {
            return plain.protocol();
        }

        @Override
        public boolean reliable() {
            return plain.reliable();
        }

        @Override
        public boolean messageOriented() {
            return plain.messageOriented();
        }

        @Override
        public InetSocketAddress localAddress() {
            return NOWHERE;
        }

        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            return plain.localAddress(peer);
        }

        @Override
        public boolean connect(InetSocketAddress peer, String host) {
            return plain.connect(peer, host);
        }

        @Override
        public void abandon(InetSocketAddress peer, String host) {
            plain.abandon(peer, host);
        }

        @Override
        public void alias(Flow flow, InetSocketAddress address, String host) {
            plain.alias(flow, address, host);
        }

        @Override
        public void close(Flow flow, String reason) {
            plain.close(flow, reason);
        }

        @Override
        public void send(InetSocketAddress peer, String host, ByteBuffer message) {
            plain.send(peer, host, message);
        }

        @Override
        public void send(Flow flow, ByteBuffer message) {
            plain.send(flow, message);
        }

        @Override
        public TransportCounters counters() {
            return plain.counters();
        }

        @Override
        public void close() {
            plain.close();
        }
    }
}
