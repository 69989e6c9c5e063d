package io.earshot.transport.udp;

import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.testkit.contract.SipTransportContract;
import java.net.InetAddress;

class UdpIpv4ContractTest extends SipTransportContract {
    @Override
    protected SipTransportProvider provider() {
        return new UdpTransportProvider();
    }

    @Override
    protected InetAddress bindAddress() {
        return Loopback.IPV4;
    }
}
