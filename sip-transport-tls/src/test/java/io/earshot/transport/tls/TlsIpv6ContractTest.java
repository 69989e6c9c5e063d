package io.earshot.transport.tls;

import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.contract.StreamTransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class TlsIpv6ContractTest extends StreamTransportContract {
    @Override
    protected SipTransportProvider provider() {
        return new TlsTransportProvider();
    }

    @Override
    protected InetAddress bindAddress() {
        return Loopback.IPV6;
    }

    @Override
    protected TransportConfig config(InetSocketAddress bind) {
        return TransportConfig.bind(bind).withTls(Certificates.trusting("authority").withIdentity(Certificates.identity("good")));
    }
}
