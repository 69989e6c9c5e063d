package io.earshot.transport.tls;

import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.testkit.contract.StreamTransportContract;
import java.net.InetAddress;

class TcpIpv6ContractTest extends StreamTransportContract {
    @Override
    protected SipTransportProvider provider() {
        return new TcpTransportProvider();
    }

    @Override
    protected InetAddress bindAddress() {
        return Loopback.IPV6;
    }
}
