package io.earshot.transport.tls;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsEngines;
import io.earshot.transport.common.TlsReasons;
import java.io.IOException;
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
        TlsEngines engines = new TlsEngines(config.tls(), HostNames.Kind.SIP);
        engines.check();
        TlsBuffers buffers = new TlsBuffers();
        Layer.Factory layers = (wire, peer, host, outbound) -> {
            SSLEngine engine = outbound ? engines.client(host, peer.getPort()) : engines.server(peer);
            TlsReasons reasons = new TlsReasons(host, engines.hasIdentity(), "the port may be one for plain TCP");
            return new TlsLayer(wire, buffers, engine, reasons, engines.verifies());
        };
        return StreamTransport.open(PROTOCOL, layers, engines.hasIdentity() && config.stream().admits(), config, loop,
                listener);
    }
}
