package io.earshot.transport.tls;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * SIP over TLS (RFC 3261 §26, RFC 5922) on the loop's own selector; what takes long in a handshake runs on the loop's workers. Without a
 * certificate of our own the port is held but nobody is let in: RFC 3261 §26.3.1 asks user agents for no more.
 */
public final class TlsTransportProvider implements SipTransportProvider {
    static final String PROTOCOL = "TLS";

    /** For {@link java.util.ServiceLoader}. */
    public TlsTransportProvider() {
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        LazyEngines engines = new LazyEngines(config.tls());
        if (config.tls().identity().isPresent()) {
            try {
                engines.get(); // a key that does not work is told of now
            } catch (IllegalStateException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        TlsBuffers buffers = new TlsBuffers();
        Layer.Factory layers = (wire, peer, host, outbound) -> {
            SSLEngine engine = outbound ? engines.get().client(host, peer.getPort()) : engines.get().server(peer);
            return new TlsLayer(wire, buffers, engine, host, config.tls().identity().isPresent(),
                config.tls().policy() == TlsConfig.Policy.VERIFY);
        };
        return StreamTransport.open(PROTOCOL, layers, config.tls().identity().isPresent(), config, loop, listener);
    }

    /** Reading the runtime's authorities takes a while, which who never uses TLS need not wait for. Confined to the loop. */
    private static final class LazyEngines {
        private final TlsConfig config;
        private Optional<TlsEngines> engines = Optional.empty();

        private LazyEngines(TlsConfig config) {
            this.config = config;
        }

        private TlsEngines get() {
            if (engines.isEmpty()) {
                try {
                    engines = Optional.of(new TlsEngines(config));
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
                }
            }
            return engines.get();
        }
    }
}
