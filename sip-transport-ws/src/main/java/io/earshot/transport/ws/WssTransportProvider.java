package io.earshot.transport.ws;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsEngines;
import java.io.IOException;
import java.util.Optional;

/**
 * SIP over WebSocket over TLS (RFC 7118). Certificates are those of HTTPS (RFC 6455 §10.6, RFC 2818), not of SIP domains. Without a
 * certificate of our own the port is held but nobody is let in.
 */
public final class WssTransportProvider implements SipTransportProvider {
    static final String PROTOCOL = "WSS";

    /** For {@link java.util.ServiceLoader}. */
    public WssTransportProvider() {
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        TlsEngines tls = new TlsEngines(config.tls(), HostNames.Kind.WEB, "http/1.1"); // RFC 6455 knows no other
        tls.check();
        return WsTransport.open(PROTOCOL, Optional.of(tls), config, loop, listener);
    }
}
