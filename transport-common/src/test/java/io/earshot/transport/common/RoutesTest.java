package io.earshot.transport.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.testkit.ManualTicker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final ManualTicker ticker = new ManualTicker();
    private final List<InetAddress> lookups = new ArrayList<>();
    private Optional<InetAddress> answer = Optional.of(Loopback.IPV4);
    private final Routes cache = new Routes(peer -> {
        lookups.add(peer);
        return answer;
    }, ticker);

    @Test
    void asksOnceForABurstOfMessages() {
        for (int i = 0; i < 50; i++) {
            assertEquals(Optional.of(Loopback.IPV4), cache.towards(Loopback.IPV4));
        }
        assertEquals(1, lookups.size());
    }

    @Test
    void asksAgainAfterItsLifeSoThatANewNetworkIsSeen() {
        cache.towards(Loopback.IPV4);
        answer = Optional.of(Loopback.IPV6);
        ticker.advanceTo(Routes.LIFE - 1);
        assertEquals(Optional.of(Loopback.IPV4), cache.towards(Loopback.IPV4));
        ticker.advance(Duration.ofNanos(1));
        assertEquals(Optional.of(Loopback.IPV6), cache.towards(Loopback.IPV4));
    }

    @Test
    void remembersThatThereIsNoRoute() {
        answer = Optional.empty();
        assertEquals(Optional.empty(), cache.towards(Loopback.IPV4));
        assertEquals(Optional.empty(), cache.towards(Loopback.IPV4));
        assertEquals(1, lookups.size());
    }

    @Test
    void asksAgainOnceCleared() {
        cache.towards(Loopback.IPV4);
        cache.clear();
        cache.towards(Loopback.IPV4);
        assertEquals(2, lookups.size());
    }

    @Test
    void forgetsTheOldestOfTooManyPeers() throws UnknownHostException {
        for (int i = 0; i <= Routes.CAPACITY; i++) {
            cache.towards(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
        }
        lookups.clear();
        cache.towards(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}));
        assertEquals(0, lookups.size());
        cache.towards(InetAddress.getByAddress(new byte[] {10, 0, 0, 0}));
        assertEquals(1, lookups.size());
    }

    @Test
    void asksTheSystemForTheAddressTowardsAPeerOfEitherFamily() {
        Routes system = new Routes(ticker);
        assertEquals(Optional.of(Loopback.IPV4), system.towards(Loopback.IPV4));
        assertEquals(Optional.of(Loopback.IPV6), system.towards(Loopback.IPV6));
    }

    @Test
    void onlyTheWildcardIsReplacedByAnAddress() {
        InetSocketAddress peer = new InetSocketAddress(Loopback.IPV6, 5060);
        answer = Optional.of(Loopback.IPV6);
        assertEquals(new InetSocketAddress(Loopback.IPV6, 7000), cache.towards(peer, new InetSocketAddress(7000)));
        InetSocketAddress bound = new InetSocketAddress(Loopback.IPV4, 7000);
        assertEquals(bound, cache.towards(peer, bound));
    }
}
