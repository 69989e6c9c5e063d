package io.earshot.transport.tls;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;

/**
 * SIP over TCP (RFC 3261 §18) on the loop's own selector: no thread, no lock. Who wants one connection only makes it, and
 * so nobody is let in then.
 */
public final class TcpTransportProvider implements SipTransportProvider {
    static final String PROTOCOL = "TCP";

    /** For {@link java.util.ServiceLoader}. */
    public TcpTransportProvider() {
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        return StreamTransport.open(PROTOCOL, (wire, peer, host, outbound) -> new PlainLayer(wire), config.stream().admits(),
                config, loop, listener);
    }
}
