package io.earshot.sdk.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Nat;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.route.MapperOutput;
import io.earshot.rtp.route.PortMapper;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.net.Gateways;
import io.earshot.sdk.internal.net.RouterHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a mapper that does as the test says. */
class RouterDoorTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("203.0.113.9", 7000);

    private final EventLoop loop = new EventLoop("router-door-test", Ticker.system(), Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // holds nothing
        }
    }).start();
    private final Mapper mapper = new Mapper();
    private final List<String> notices = new ArrayList<>();
    private final List<MapperOutput.Http> requests = new ArrayList<>();
    private final List<Optional<InetSocketAddress>> told = new ArrayList<>();
    private final RouterDoor door = new RouterDoor(loop, Optional.of(new RouteFinderProvider() {
        @Override
        public RouteFinder open(RouteConfig config, boolean controlling, IdSource ids) {
            throw new AssertionError("nobody looks for ways here");
        }

        @Override
        public Optional<PortMapper> ports(InetAddress local, Optional<InetAddress> gateway, IdSource ids) {
            return Optional.of(mapper);
        }
    }), local -> Optional.empty(), request -> {
        requests.add(request);
        return new RouterHttp.Answer(200, "fine");
    });

    private static final class Mapper implements PortMapper {
        final Queue<MapperOutput> outputs = new ArrayDeque<>();
        final List<String> asked = new ArrayList<>();

        @Override
        public void map(int port, long now) {
            asked.add("map " + port);
        }

        @Override
        public void unmap(int port, long now) {
            asked.add("unmap " + port);
        }

        @Override
        public void check(long now) {
            asked.add("check");
        }

        @Override
        public void received(InetSocketAddress source, byte[] data, long now) {
            asked.add("datagram");
        }

        @Override
        public void answered(int request, int status, String body, long now) {
            asked.add("answer " + request + ' ' + status + ' ' + body);
        }

        @Override
        public void onTime(long now) {
            asked.add("time");
        }

        @Override
        public MapperOutput poll() {
            MapperOutput next = outputs.poll();
            return next == null ? new MapperOutput.Wait(Ticker.NEVER) : next;
        }

        @Override
        public void close(long now) {
            asked.add("close");
        }
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private <T> T on(Supplier<T> step) {
        T value = loop.submit(step).join();
        // What it handed on to the loop is done by then.
        loop.submit(() -> true).join();
        return value;
    }

    private void says(MapperOutput... outputs) {
        on(() -> {
            mapper.outputs.addAll(List.of(outputs));
            door.check();
            return true;
        });
    }

    @Test
    void aPortThatTwoWantIsAskedForOnceAndGivenBackByTheLast() {
        RouterDoor.Lease one = on(() -> door.open(LOCAL, 5060, told::add));
        says(new MapperOutput.Mapped(5060, OUTSIDE, "PCP"));
        RouterDoor.Lease two = on(() -> door.open(LOCAL, 5060, told::add));
        assertEquals(List.of(Optional.of(OUTSIDE), Optional.of(OUTSIDE)), told);
        on(() -> {
            one.close();
            one.close();
            return true;
        });
        assertFalse(mapper.asked.contains("unmap 5060"));
        on(() -> {
            two.close();
            return true;
        });
        assertEquals(List.of("map 5060", "check", "unmap 5060"), mapper.asked);
    }

    @Test
    void refusalsAndLossesAreToldOnceAndSilenceNotAtAll() {
        on(() -> {
            door.notices(notices::add);
            return door.open(LOCAL, 4000, told::add);
        });
        says(new MapperOutput.Unmapped(4000, "no UPnP router answers"));
        assertTrue(notices.isEmpty());
        says(new MapperOutput.Unmapped(4000, "the router refused to map port 4000: PCP result 2"),
                new MapperOutput.Unmapped(4001, "the router refused to map port 4001: PCP result 2"));
        assertEquals(1, notices.size(), notices.toString());
        says(new MapperOutput.Mapped(4000, OUTSIDE, "PCP"), new MapperOutput.Unmapped(4000, "the router did not renew it"));
        assertEquals("The router no longer passes on to us, or refuses to: the router did not renew it.", notices.get(1));
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.of(OUTSIDE), Optional.empty()), told);
    }

    @Test
    void requestsAreMadeElsewhereAndClosingWaitsForThem() throws Exception {
        on(() -> door.open(LOCAL, 4000, told::add));
        says(new MapperOutput.Http(7, URI.create("http://192.168.1.1/ctl"), "\"x#AddPortMapping\"", "<a/>", 100));
        assertEquals("answer 7 200 fine", mapper.asked.get(mapper.asked.size() - 1));
        CompletableFuture<Void> closed = on(door::close);
        closed.join();
        assertTrue(mapper.asked.contains("close"));
        Nat wanting = Nat.DEFAULT.withPortMapping();
        assertFalse(door.wanted(wanting, InetAddress.getByName("192.168.1.7"), Optional.empty()), "not any more");
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.7, , true", "192.168.1.7, 198.51.100.1, true", "192.168.1.7, 192.168.1.20, false", "203.0.113.5, , false",
        "127.0.0.1, , false", "fd00::1, , false"})
    void routersAreAskedForPrivateAddressesOnlyAndForPeersBeyondThem(String local, String hop, boolean wanted)
            throws UnknownHostException {
        Optional<InetAddress> way = hop == null ? Optional.empty() : Optional.of(InetAddress.getByName(hop));
        Nat wanting = Nat.DEFAULT.withPortMapping();
        assertEquals(wanted, door.wanted(wanting, InetAddress.getByName(local), way));
        assertFalse(door.wanted(Nat.DEFAULT, InetAddress.getByName(local), way), "by default");
        assertFalse(door.wanted(wanting.withRelayOnly(), InetAddress.getByName(local), way), "peers are not to learn where we are");
    }

    @Test
    void aMachineWithoutSuchAnAddressHasNoRouter() throws UnknownHostException {
        assertEquals(Optional.empty(), Gateways.of(InetAddress.getByName("192.0.2.77")));
        assertEquals(Optional.empty(), Gateways.of(InetAddress.getByName("2001:db8::1")));
    }
}
