package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3261")
class IpLiteralTest {
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255", "[::1], 0:0:0:0:0:0:0:1",
        "2001:DB8::a, 2001:db8:0:0:0:0:0:a", "::ffff:192.0.2.1, 192.0.2.1"})
    void readsAddresses(String text, String expected) {
        assertEquals(expected, IpLiteral.parse(text).orElseThrow().getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4 ", "0x7f.0.0.1",
        "1.2.3.0004", "-1.2.3.4", "\u0661.2.3.4", "a.b.c.d",
        "[1.2.3.4", "::1::", "fe80::1%eth0", "[example.com]", "12345::", ":", "[]", "g::1"})
    void everythingElseIsNoAddress(String text) {
        assertTrue(IpLiteral.parse(text).isEmpty(), text);
    }

    @Test
    void writesNoZone() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("[fe80::1]").getAddress();
        InetAddress scoped = Inet6Address.getByAddress("", linkLocal, 3);
        assertTrue(scoped.getHostAddress().contains("%"));
        assertEquals("fe80:0:0:0:0:0:0:1", IpLiteral.format(scoped));
        assertTrue(IpLiteral.same(scoped, InetAddress.getByName("[fe80::1]")));
    }
}
