package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.VoipException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Choosing DNS servers where there is only the JDK to ask, as here. */
class DnsServersTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void choosingDnsServersNamesTheModuleThatIsMissing() {
        PhoneBuilder builder = Phone.builder().listen(LOCAL).dnsServers(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
        assertEquals("no DNS provider for chosen servers on the module path; add io.earshot:dns-dnsjava",
                assertThrows(VoipException.class, builder::open).getMessage());
    }

    @Test
    void aDnsServerMustBeAnAddressAndAPort() {
        PhoneBuilder builder = Phone.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.dnsServers(InetSocketAddress.createUnresolved("dns.example", 53)));
        assertThrows(IllegalArgumentException.class, () -> builder.dnsServers(LOCAL));
    }
}
