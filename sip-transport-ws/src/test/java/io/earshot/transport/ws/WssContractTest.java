package io.earshot.transport.ws;

import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;

@Tag("rfc7118")
class WssContractTest extends WebSocketContract {
    @Override
    protected SipTransportProvider provider() {
        return new WssTransportProvider();
    }

    @Override
    protected TransportConfig config(InetSocketAddress bind) {
        return TransportConfig.bind(bind).withTls(Certificates.trusting("authority").withIdentity(Certificates.identity("good")));
    }
}
