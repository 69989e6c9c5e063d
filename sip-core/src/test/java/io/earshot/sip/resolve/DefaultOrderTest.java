package io.earshot.sip.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples of RFC 6724 §10.2 that apply to unicast, and what a phone meets. */
@Tag("rfc6724")
class DefaultOrderTest {
    private final Map<InetAddress, InetAddress> sources = new HashMap<>();
    private final DefaultOrder order = new DefaultOrder((protocol, peer) -> Optional.ofNullable(sources.get(peer.getAddress()))
        .map(own -> new InetSocketAddress(own, 5060)));

    private static InetAddress address(String text) {
        return Literals.parse(text).orElseThrow();
    }

    private void from(String source, String... peers) {
        Arrays.stream(peers).forEach(peer -> sources.put(address(peer), address(source)));
    }

    private void ordered(List<String> expected, String... found) {
        assertEquals(expected.stream().map(DefaultOrderTest::address).toList(),
            order.order("TCP", 5060, Arrays.stream(found).map(DefaultOrderTest::address).toList()));
    }

    @Test
    void nativeIpv6PrecedesIpv4() {
        from("2001:db8:1::2", "2001:db8:1::1");
        from("10.1.2.4", "10.1.2.3");
        ordered(List.of("2001:db8:1::1", "10.1.2.3"), "10.1.2.3", "2001:db8:1::1");
    }

    @Test
    void whatThereIsNoWayToComesLast() {
        from("10.1.2.4", "10.1.2.3");
        ordered(List.of("10.1.2.3", "2001:db8:1::1"), "2001:db8:1::1", "10.1.2.3");
    }

    @Test
    void anAddressOfTheWrongScopeDoesNotHelp() {
        from("fe80::1", "2001:db8:1::1");
        from("198.51.100.117", "198.51.100.121");
        ordered(List.of("198.51.100.121", "2001:db8:1::1"), "2001:db8:1::1", "198.51.100.121");
        sources.clear();
        from("2001:db8:1::2", "2001:db8:1::1");
        from("169.254.13.78", "198.51.100.121");
        ordered(List.of("2001:db8:1::1", "198.51.100.121"), "198.51.100.121", "2001:db8:1::1");
    }

    @Test
    void whatIsNearPrecedesWhatIsFar() {
        from("2001:db8:1::2", "2001:db8:1::1");
        from("fe80::2", "fe80::1");
        ordered(List.of("fe80::1", "2001:db8:1::1"), "2001:db8:1::1", "fe80::1");
    }

    @Test
    void aUniqueLocalAddressIsNoWayIntoTheInternet() {
        from("fd00::5", "2001:db8:1::1");
        from("10.1.2.4", "203.0.113.3");
        ordered(List.of("203.0.113.3", "2001:db8:1::1"), "2001:db8:1::1", "203.0.113.3");
    }

    @Test
    void tunnelsComeBehindWhatIsNative() {
        from("2002:c633:6401::2", "2002:c633:6401::1", "2001:db8:1::1");
        ordered(List.of("2002:c633:6401::1", "2001:db8:1::1"), "2001:db8:1::1", "2002:c633:6401::1");
        sources.clear();
        from("2001::1", "2001::2");
        from("10.1.2.4", "203.0.113.3");
        ordered(List.of("203.0.113.3", "2001::2"), "2001::2", "203.0.113.3");
    }

    @Test
    void equalsStayAsDnsHasThem() {
        from("10.0.0.1", "203.0.113.9", "10.0.0.3", "203.0.113.3");
        ordered(List.of("203.0.113.9", "10.0.0.3", "203.0.113.3"), "203.0.113.9", "10.0.0.3", "203.0.113.3");
    }
}
