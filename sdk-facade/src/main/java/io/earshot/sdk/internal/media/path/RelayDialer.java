package io.earshot.sdk.internal.media.path;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Opens connections to relays, by the transports that carry SIP over TCP and TLS: their connections, time limits and certificates serve
 * here too. Immutable.
 *
 * @param transports those of the phone
 * @param tls whom to trust
 * @param proxy what connections go through
 */
public record RelayDialer(List<SipTransportProvider> transports, TlsConfig tls, ProxyConfig proxy) {
    /** One connection, ours alone, on no port that others could reach; late sound is not piled up. */
    private static final StreamConfig STREAM = StreamConfig.DEFAULT.withConnectTimeout(5 * Ticker.SECOND).withMaxConnections(1)
            .withMaxQueued(64 * 1024);

    /** Who hears of a connection, on the loop. */
    interface Listener {
        void opened();

        void received(ByteBuffer data);

        /** It is gone, or could not be had; told once. */
        void closed(String reason);
    }

    /** A connection, or the attempt to have one. Confined to the loop. */
    static final class Connection implements SipTransportListener {
        private final InetSocketAddress server;
        private final Listener listener;
        private Optional<SipTransport> transport = Optional.empty();

        private Connection(InetSocketAddress server, Listener listener) {
            this.server = server;
            this.listener = listener;
        }

        void send(byte[] data) {
            transport.ifPresent(one -> one.send(server, server.getHostString(), ByteBuffer.wrap(data)));
        }

        void close() {
            transport.ifPresent(SipTransport::close);
            transport = Optional.empty();
        }

        private void gone(String reason) {
            if (transport.isPresent()) {
                close();
                listener.closed(reason);
            }
        }

        @Override
        public void connected(InetSocketAddress peer) {
            if (transport.isPresent()) {
                listener.opened();
            }
        }

        @Override
        public void received(Flow flow, ByteBuffer data) {
            if (transport.isPresent()) {
                listener.received(data);
            }
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            gone(reason);
        }

        @Override
        public void closed(Flow flow, String reason) {
            gone(reason);
        }
    }

    public RelayDialer {
        transports = List.copyOf(transports);
    }

    /** Begins to connect; on the loop. What becomes of it is told later. */
    Connection open(InetSocketAddress server, boolean secured, IoLoop loop, Listener listener) {
        Connection connection = new Connection(server, listener);
        String protocol = secured ? "TLS" : "TCP";
        TransportConfig plain = TransportConfig.bind(new InetSocketAddress(0));
        TransportConfig config = plain.withStream(STREAM).withTls(tls).withProxy(proxy);
        Optional<SipTransportProvider> provider = transports.stream().filter(one -> one.protocol().equals(protocol)).findFirst();
        try {
            SipTransport made = provider.orElseThrow(() -> new IOException("there is no transport for " + protocol))
                    .open(config, loop, connection);
            connection.transport = Optional.of(made);
            if (!made.connect(server, server.getHostString())) {
                throw new IOException("the transport for " + protocol + " opens no connections");
            }
        } catch (IOException impossible) {
            String reason = String.valueOf(impossible.getMessage());
            connection.close();
            loop.execute(() -> listener.closed(reason));
        }
        return connection;
    }
}
