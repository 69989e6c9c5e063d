package io.earshot.transport.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

class UdpBindingTest {
    @Test
    void setsTheTrafficClass() throws IOException {
        try (DatagramChannel channel = UdpBinding.bind(new TransportConfig(new InetSocketAddress(Loopback.IPV4, 0), 0x60, 1_000))) {
            assertEquals(0x60, channel.getOption(StandardSocketOptions.IP_TOS));
        }
    }

    @Test
    void carriesBothIpVersionsOnOneWildcardPort() throws IOException {
        try (DatagramChannel wildcard = UdpBinding.bind(TransportConfig.bind(new InetSocketAddress(0)));
                DatagramChannel four = UdpBinding.bind(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0)));
                DatagramChannel six = UdpBinding.bind(TransportConfig.bind(new InetSocketAddress(Loopback.IPV6, 0)))) {
            int port = ((InetSocketAddress) wildcard.getLocalAddress()).getPort();
            wildcard.configureBlocking(true);
            four.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(Loopback.IPV4, port));
            assertEquals(four.getLocalAddress(), wildcard.receive(ByteBuffer.allocate(10))); // plain IPv4, not mapped into IPv6
            six.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(Loopback.IPV6, port));
            assertEquals(six.getLocalAddress(), wildcard.receive(ByteBuffer.allocate(10)));
        }
    }

    @Test
    void tellsAnAddressOfAnotherMachineFromAPortInUse() {
        IOException failure = assertThrows(IOException.class,
            () -> UdpBinding.bind(TransportConfig.bind(new InetSocketAddress("198.51.100.1", 5060))));
        assertEquals("UDP cannot be bound to 198.51.100.1: this machine has no such address", failure.getMessage());
    }

    @Test
    void namesAHostThatDoesNotResolve() {
        IOException failure = assertThrows(IOException.class,
            () -> UdpBinding.bind(TransportConfig.bind(InetSocketAddress.createUnresolved("pbx.invalid", 5060))));
        assertEquals("UDP cannot be bound to pbx.invalid: no such host name or address", failure.getMessage());
    }
}
