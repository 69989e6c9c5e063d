package io.earshot.transport.udp;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.Routes;
import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** SIP over UDP (RFC 3261 §18) on the loop's own selector: no thread, no lock. */
public final class UdpTransportProvider implements SipTransportProvider {
    static final String PROTOCOL = "UDP";

    /** For {@link java.util.ServiceLoader}. */
    public UdpTransportProvider() {
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        DatagramChannel channel = UdpBinding.bind(config);
        try {
            Routes routes = new Routes(Ticker.system());
            return new UdpTransport(channel, config, loop, listener, routes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
