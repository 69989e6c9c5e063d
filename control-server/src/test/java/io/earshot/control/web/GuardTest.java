package io.earshot.control.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.Access;
import io.earshot.control.AddressRange;
import io.earshot.control.ControlConfig;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final String TOKEN = "0123456789abcdef";

    private final Guard guard = new Guard(new Access(Optional.empty(), List.of(), Set.of("phone.example.com"), Set.of("http://app.test")));

    private boolean isOurs(String host) {
        return guard.judgeHost(Map.of("Host", host)::get).isEmpty();
    }

    private boolean mayAsk(String... headers) {
        Map<String, String> map = new HashMap<>(Map.of("Host", "127.0.0.1:19422"));
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return guard.judgePage(map::get).isEmpty();
    }

    @Test
    void onlyOwnHostsAreServedSoThatRebindingANameIsNoUse() {
        for (String host : List.of("localhost", "LocalHost:19422", "127.0.0.1:19422", "[::1]:19422", "192.168.1.5",
                "phone.example.com:80")) {
            assertTrue(isOurs(host), host);
        }
        for (String host : List.of("evil.example.com", "evil.example.com:19422", "localhost.evil.com", "127.0.0.1.evil.com", "",
                "1.2.3.4.5")) {
            assertFalse(isOurs(host), host);
        }
    }

    @Test
    void pagesOfOthersMayNotAsk() {
        assertTrue(mayAsk());
        assertTrue(mayAsk("Origin", "http://127.0.0.1:19422"));
        assertTrue(mayAsk("Origin", "http://app.test"));
        assertTrue(mayAsk("Sec-Fetch-Site", "none"));
        assertTrue(mayAsk("Sec-Fetch-Site", "same-origin", "Referer", "http://127.0.0.1:19422/x"));
        assertFalse(mayAsk("Origin", "http://evil.example.com"));
        assertFalse(mayAsk("Origin", "null"));
        assertFalse(mayAsk("Origin", "http://localhost:3000"));
        assertFalse(mayAsk("Sec-Fetch-Site", "cross-site"));
        assertFalse(mayAsk("Sec-Fetch-Site", "same-site"));
        assertFalse(mayAsk("Referer", "http://evil.example.com/page"));
    }

    @Test
    void aTokenIsComparedWholeAndNeverShown() {
        Access access = Access.LOCAL.withToken(TOKEN);
        Guard locked = new Guard(access);
        assertTrue(locked.isAuthorized(Map.of("Authorization", "bearer " + TOKEN)::get, Optional.empty()));
        assertTrue(locked.isAuthorized(name -> null, Optional.of(TOKEN)));
        assertFalse(locked.isAuthorized(Map.of("Authorization", "Bearer " + TOKEN + "x")::get, Optional.of(TOKEN)));
        assertFalse(locked.isAuthorized(Map.of("Authorization", "Basic " + TOKEN)::get, Optional.empty()));
        assertFalse(locked.knows(Optional.empty()));
        assertFalse(access.toString().contains(TOKEN));
    }

    @Test
    void othersThanThisMachineNeedATokenAndAnAllowedAddress() throws Exception {
        InetAddress any = InetAddress.getByName("0.0.0.0");
        IllegalArgumentException open = assertThrows(IllegalArgumentException.class,
                () -> ControlConfig.DEFAULT.withAccess(any, Access.LOCAL));
        assertEquals("controlbind=0.0.0.0 lets other machines in: set controltoken to a secret of at least 16 characters, "
                + "or bind 127.0.0.1",
                open.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Access.LOCAL.withToken("short"));
        Guard ranges = new Guard(new Access(Optional.of(TOKEN), List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/9")),
                Set.of(), Set.of()));
        assertTrue(ranges.admits(InetAddress.getByName("10.200.1.1")));
        assertTrue(ranges.admits(InetAddress.getByName("127.0.0.1")));
        assertTrue(ranges.admits(InetAddress.getByName("fd7f::1")));
        assertFalse(ranges.admits(InetAddress.getByName("11.0.0.1")));
        assertFalse(ranges.admits(InetAddress.getByName("fd80::1")));
        for (String wrong : List.of("evil.com", "10.0.0.0/33", "10.0.0.0/x", "", "300.1.1.1")) {
            assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(wrong), wrong);
        }
    }
}
