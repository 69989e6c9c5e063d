package io.earshot.transport.ws;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.util.Optional;

/** SIP over WebSocket without encryption (RFC 7118). */
public final class WsTransportProvider implements SipTransportProvider {
    static final String PROTOCOL = "WS";

    /** For {@link java.util.ServiceLoader}. */
    public WsTransportProvider() {
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        return WsTransport.open(PROTOCOL, Optional.empty(), config, loop, listener);
    }
}
