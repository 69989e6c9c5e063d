package io.earshot.transport.ws;

import io.earshot.api.transport.spi.SipTransportProvider;
import java.net.InetAddress;
import org.junit.jupiter.api.Tag;

@Tag("rfc7118")
class WsIpv6ContractTest extends WebSocketContract {
    @Override
    protected SipTransportProvider provider() {
        return new WsTransportProvider();
    }

    @Override
    protected InetAddress bindAddress() {
        return Loopback.IPV6;
    }
}
