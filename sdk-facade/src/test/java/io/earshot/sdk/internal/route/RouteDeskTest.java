package io.earshot.sdk.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Nat;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.path.RelayDialer;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a DNS that answers when it is told to. */
@Timeout(30)
@Tag("rfc8445")
class RouteDeskTest {
    private static final Duration GENEROUS = Duration.ofSeconds(10);

    private final Map<String, CompletableFuture<InetAddress>> questions = new ConcurrentHashMap<>();
    private final List<RouteConfig> configs = new ArrayList<>();
    private final EventLoop loop = new EventLoop("route-desk-test", Ticker.system(), Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // holds nothing
        }
    }).start();
    private final RouteFinderProvider provider = (config, controlling, ids) -> {
        configs.add(config);
        return (RouteFinder) Proxy.newProxyInstance(RouteFinder.class.getClassLoader(), new Class<?>[] {RouteFinder.class},
                (proxy, method, arguments) -> null);
    };
    private final RouteDesk desk = new RouteDesk(Optional.of(provider), loop,
            new ServerNames(loop, name -> questions.computeIfAbsent(name, any -> new CompletableFuture<>())),
            new RelayDialer(List.of(), TlsConfig.DEFAULT, ProxyConfig.NONE), false);

    @AfterEach
    void close() {
        loop.close();
    }

    private RouteConfig open(Nat nat) throws Exception {
        begin(nat).get(20, TimeUnit.SECONDS);
        return configs.get(configs.size() - 1);
    }

    private CompletableFuture<?> begin(Nat nat) {
        return loop.submit(() -> desk.open(nat, true)).thenCompose(found -> found);
    }

    private void answer(String name, String address) throws UnknownHostException {
        questions.remove(name).complete(InetAddress.getByName(address));
        loop.submit(() -> true).join();
    }

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(ip, port);
    }

    @Test
    void aDnsThatDoesNotAnswerHoldsNoCallUpAndServersWithAnAddressAreUsedMeanwhile() throws Exception {
        Nat nat = Nat.DEFAULT.withStunServers("stun.dead.example", "198.51.100.7", "[2001:db8::7]:3500")
                .withRelay("turn.dead.example", "me", "secret").withRelay("turns:198.51.100.8", "me", "secret")
                .withGathering(Duration.ofMillis(20));
        RouteConfig config = open(nat);
        assertEquals(List.of(at("198.51.100.7", 3478), at("2001:db8::7", 3500)), config.stun());
        assertEquals(List.of(at("198.51.100.8", 5349)), config.relays().stream().map(RouteConfig.Relay::server).toList());
        assertTrue(config.gathering().compareTo(Duration.ofMillis(20)) < 0, "what the DNS took is not waited for a second time: "
                + config.gathering());
    }

    @Test
    void aNameThatIsFoundTooLateForOneCallIsThereForTheNextEvenWhenTheDnsDiesThen() throws Exception {
        Nat nat = Nat.DEFAULT.withStunServers("stun.slow.example:3479").withGathering(Duration.ZERO);
        assertEquals(List.of(), open(nat).stun());
        assertEquals(1, questions.size(), "one question is enough");
        answer("stun.slow.example", "198.51.100.9");
        assertEquals(List.of(at("198.51.100.9", 3479)), open(nat.withGathering(GENEROUS)).stun());
        assertTrue(questions.isEmpty(), "what was found a moment ago is not asked for again");
    }

    @Test
    void aNameThatIsAskedForInTimeIsWaitedForAndNoLonger() throws Exception {
        Nat nat = Nat.DEFAULT.withStunServers("stun.example.com").withGathering(GENEROUS);
        CompletableFuture<?> opened = begin(nat);
        loop.submit(() -> true).join();
        assertFalse(opened.isDone());
        answer("stun.example.com", "198.51.100.9");
        opened.get(4, TimeUnit.SECONDS);
        assertEquals(List.of(at("198.51.100.9", 3478)), configs.get(0).stun());
    }

    @Test
    void anAccountsNamesAreAskedForBeforeItsFirstCall() throws Exception {
        Nat nat = Nat.DEFAULT.withStunServers("stun.example.com").withRelay("turn.example.com", "me", "secret")
                .withGathering(Duration.ZERO);
        loop.submit(() -> {
            desk.prepare(nat);
            return true;
        }).join();
        answer("stun.example.com", "198.51.100.9");
        answer("turn.example.com", "198.51.100.8");
        RouteConfig config = open(nat);
        assertEquals(List.of(at("198.51.100.9", 3478)), config.stun());
        assertEquals(at("198.51.100.8", 3478), config.relays().get(0).server());
    }

    @Test
    void aNameThatIsNotThereIsLeftOut() throws Exception {
        CompletableFuture<?> opened = begin(Nat.DEFAULT.withStunServers("none.example", "198.51.100.7:99999").withGathering(GENEROUS));
        loop.submit(() -> true).join();
        questions.remove("none.example").completeExceptionally(new UnknownHostException("none.example"));
        opened.get(4, TimeUnit.SECONDS);
        assertEquals(List.of(), configs.get(0).stun());
    }

    @Test
    void aPortThatIsNoneOrAServerThatIsUnheardOfIsNowhere() {
        ServerNames.Known known = new ServerNames.Known(Map.of("198.51.100.7", InetAddress.getLoopbackAddress()));
        assertEquals(Optional.empty(), known.at("198.51.100.7:99999", 1));
        assertEquals(Optional.empty(), known.at("elsewhere.example", 1));
    }
}
