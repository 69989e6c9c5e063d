package io.earshot.sdk;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** UDP behind a firewall that lets nothing out. */
final class DeafUdp implements SipTransportProvider {
    @Override
    public String protocol() {
        return "UDP";
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        return new SipTransport() {
            @Override
            public String protocol() {
                return "UDP";
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
                return config.bind();
            }

            @Override
            public InetSocketAddress localAddress(InetSocketAddress peer) {
                return new InetSocketAddress(peer.getAddress(), 9);
            }

            @Override
            public void send(InetSocketAddress peer, String host, ByteBuffer message) {
                message.position(message.limit());
            }

            @Override
            public void send(Flow flow, ByteBuffer message) {
                message.position(message.limit());
            }

            @Override
            public void close() {
                loop.execute(() -> { });
            }
        };
    }
}
