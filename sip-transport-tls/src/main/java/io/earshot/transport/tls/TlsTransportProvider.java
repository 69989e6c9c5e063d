package io.earshot.transport.tls;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;

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
        TlsEngines engines;
        try {
            engines = new TlsEngines(config.tls());
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
        TlsBuffers buffers = new TlsBuffers();
        return StreamTransport.open(PROTOCOL, (wire, peer, host, outbound) -> new TlsLayer(wire, buffers,
            outbound ? engines.client(host, peer.getPort()) : engines.server(peer), host), config.tls().identity().isPresent(), config,
            loop, listener);
    }
}
