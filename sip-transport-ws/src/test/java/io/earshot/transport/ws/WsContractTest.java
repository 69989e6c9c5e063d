package io.earshot.transport.ws;

import io.earshot.api.transport.spi.SipTransportProvider;
import org.junit.jupiter.api.Tag;

@Tag("rfc7118")
class WsContractTest extends WebSocketContract {
    @Override
    protected SipTransportProvider provider() {
        return new WsTransportProvider();
    }
}
