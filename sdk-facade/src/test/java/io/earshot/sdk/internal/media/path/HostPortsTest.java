package io.earshot.sdk.internal.media.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.api.CallPath;
import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.rtp.route.RouteOutput;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.testkit.ManualTicker;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that are at several addresses of their machine, in a network of memory whose addresses may die. */
@Tag("rfc8445")
class HostPortsTest {
    private static final InetAddress FIRST = ip("192.0.2.1");
    private static final InetAddress SECOND = ip("198.51.100.1");
    private static final InetAddress SIX = ip("2001:db8::1");
    private static final InetAddress FAR = ip("203.0.113.9");
    private static final long TURN = 10 * Ticker.MILLISECOND;

    private record Flying(InetSocketAddress from, InetSocketAddress to, byte[] data) { }

    private final ManualTicker ticker = new ManualTicker();
    private final EventLoop loop = new EventLoop("test", ticker, Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // nothing to free
        }
    });
    private final Map<InetSocketAddress, MediaReceiver> bound = new HashMap<>();
    private final Queue<Flying> flying = new ArrayDeque<>();
    private final Set<InetAddress> dead = new HashSet<>();
    /** Whether what is sent from other sockets than the first is counted and no more. */
    private boolean quiet;
    private int quietly;
    private final End near = new End(FIRST, true);
    private final End far = new End(FAR, false);

    @AfterEach
    void close() {
        loop.close();
    }

    private static InetAddress ip(String text) {
        return new InetSocketAddress(text, 0).getAddress();
    }

    /** One end of a call. */
    private final class End implements MediaSocket, MediaPath.Listener, RouteListener {
        final InetAddress home;
        final RouteSearch search;
        final MediaPath path = new MediaPath(loop, (source, datagram) -> heard(datagram), this, this);
        final MediaSocket socket;
        final List<String> told = new ArrayList<>();
        int heard;
        long lastHeard;
        long longestGap;

        End(InetAddress home, boolean controlling, InetAddress... all) {
            this.home = home;
            socket = path.over(this, new Bound(new InetSocketAddress(home, 4001))).rtp();
            bound.put(localAddress(), path.rtp());
            RouteFinderProvider provider = ServiceLoader.load(RouteFinderProvider.class).findFirst().orElseThrow();
            search = new RouteSearch(provider.open(new RouteConfig(List.of(), List.of(), false, Duration.ofMillis(500)), controlling,
                    IdSource.seeded(controlling ? 1 : 2)), new RelayDialer(List.of(), TlsConfig.DEFAULT, ProxyConfig.NONE), List.of(all));
        }

        private void heard(ByteBuffer datagram) {
            assertEquals((byte) 0x80, datagram.get(datagram.position()));
            longestGap = heard == 0 ? 0 : Math.max(longestGap, ticker.now() - lastHeard);
            lastHeard = ticker.now();
            heard++;
        }

        Optional<MediaSocket> open(InetAddress ip, MediaReceiver receiver) {
            Bound fresh = new Bound(new InetSocketAddress(ip, 5000 + bound.size()));
            bound.put(fresh.localAddress(), receiver);
            return Optional.of(fresh);
        }

        void talk() {
            socket.send(new InetSocketAddress(FAR, 9), ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 1}));
        }

        List<String> candidates() {
            return path.told().attributes().stream().filter(each -> each.startsWith("candidate"))
                    .map(each -> each.split(" ")[4]).toList();
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(home, 4000);
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            return fly(localAddress(), peer, datagram);
        }

        @Override
        public void close() {
            bound.remove(localAddress());
        }

        @Override
        public void changed(Optional<String> suite) {
            // in clear
        }

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void changed(CallPath way) {
            told.add(way.peer());
        }

        @Override
        public void doubtful(RouteOutput.Doubt doubt) {
            told.add("doubtful " + doubt);
        }

        @Override
        public void lost(String reason) {
            told.add("lost");
        }

        @Override
        public void late() {
            // told all at once here
        }

        @Override
        public void complete() {
            // told all at once here
        }

        @Override
        public void trouble(String sentence) {
            throw new AssertionError(sentence);
        }
    }

    private final class Bound implements MediaSocket {
        private final InetSocketAddress address;

        Bound(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public InetSocketAddress localAddress() {
            return address;
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            if (quiet) {
                quietly++;
                return true;
            }
            return fly(address, peer, datagram);
        }

        @Override
        public void close() {
            bound.remove(address);
        }
    }

    private boolean fly(InetSocketAddress from, InetSocketAddress to, ByteBuffer datagram) {
        byte[] data = new byte[datagram.remaining()];
        datagram.get(data);
        return flying.add(new Flying(from, to, data));
    }

    /** Lets this much time pass in turns, each of which takes what flew before it; both talk where that is wanted. */
    private void run(Duration time, boolean talking) {
        for (long end = ticker.now() + time.toNanos(); ticker.now() < end; ticker.advance(Duration.ofNanos(TURN))) {
            for (int left = flying.size(); left > 0; left--) {
                Flying next = flying.remove();
                MediaReceiver to = bound.get(next.to);
                if (to != null && !dead.contains(next.from.getAddress()) && !dead.contains(next.to.getAddress())) {
                    to.received(next.from, ByteBuffer.wrap(next.data));
                }
            }
            near.path.onTime(ticker.now());
            far.path.onTime(ticker.now());
            if (talking) {
                near.talk();
                far.talk();
            }
        }
    }

    private static LocalRoute now(CompletableFuture<LocalRoute> route) {
        assertTrue(route.isDone());
        return route.join();
    }

    private void exchange(LocalRoute offer, LocalRoute answer) {
        far.path.apply(new Protection.None(), new MediaPath.Remote(near.localAddress(), Optional.empty(), offer.attributes()));
        near.path.apply(new Protection.None(), new MediaPath.Remote(far.localAddress(), Optional.empty(), answer.attributes()));
    }

    private void call(List<InetAddress> addresses) {
        RouteSearch with = new RouteSearch(near.search.finder(), near.search.dialer(), addresses);
        LocalRoute offer = now(near.path.seek(with, FIRST, near::open));
        assertEquals(Optional.of(near.localAddress()), offer.address(), "the SDP names the first");
        exchange(offer, now(far.path.seek(far.search, FAR, HostSockets.NONE)));
    }

    @Test
    void aPeerThatReachesUsByOurSecondAddressAloneHearsUsAndIsHeard() {
        dead.add(FIRST);
        call(List.of(FIRST, SECOND));
        assertEquals(List.of("192.0.2.1", "198.51.100.1"), near.candidates());
        run(Duration.ofSeconds(2), true);
        int before = near.heard;
        int sent = far.heard;
        run(Duration.ofSeconds(1), true);
        assertEquals(100, near.heard - before);
        assertEquals(100, far.heard - sent);
        assertTrue(far.told.get(far.told.size() - 1).startsWith("198.51.100.1:"), far.told::toString);
    }

    @Test
    void whenOurFirstAddressDiesInACallTheSoundGoesOnByTheSecondAndASearchBegunAnewKeepsItThere() {
        call(List.of(FIRST, SECOND));
        run(Duration.ofSeconds(1), true);
        assertEquals(List.of("192.0.2.1:4000"), far.told);
        near.longestGap = 0;
        far.longestGap = 0;
        dead.add(FIRST);
        run(Duration.ofSeconds(2), true);
        assertTrue(near.longestGap < 1200 * Ticker.MILLISECOND, () -> near.longestGap + " ns");
        assertTrue(far.longestGap < 1200 * Ticker.MILLISECOND, () -> far.longestGap + " ns");
        run(Duration.ofSeconds(2), true);
        assertTrue(near.told.contains("doubtful DEAD"), near.told::toString);
        int before = near.heard;
        int sent = far.heard;
        CompletableFuture<LocalRoute> offer = near.path.restart(FIRST, List.of(FIRST, SECOND));
        CompletableFuture<LocalRoute> answer = far.path.follow(now(offer).attributes(), true);
        exchange(offer.join(), now(answer));
        run(Duration.ofSeconds(2), true);
        assertTrue(near.heard - before > 190, () -> near.heard - before + " packets");
        assertTrue(far.heard - sent > 190, () -> far.heard - sent + " packets");
        assertTrue(far.told.get(far.told.size() - 1).startsWith("198.51.100.1:"), far.told::toString);
    }

    /** What the JVM makes, when it leaves compiled code for once, is not made again. */
    @Test
    void packetsBySecondAddressesLeaveNoGarbage() {
        dead.add(FIRST);
        call(List.of(FIRST, SECOND));
        run(Duration.ofSeconds(2), true);
        InetSocketAddress second = bound.keySet().stream().filter(each -> each.getAddress().equals(SECOND)).findFirst().orElseThrow();
        MediaReceiver receiver = bound.get(second);
        ByteBuffer packet = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 1});
        InetSocketAddress peer = far.localAddress();
        InetSocketAddress anywhere = new InetSocketAddress(FAR, 9);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        quiet = true;
        int before = near.heard;
        long bytes = Long.MAX_VALUE;
        int rounds = 0;
        for (; rounds < 20 && bytes > 0; rounds++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5000; i++) {
                receiver.received(peer, packet.clear());
                near.socket.send(anywhere, packet.clear());
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - start;
        }
        assertEquals(5000 * rounds, near.heard - before);
        assertEquals(5000 * rounds, quietly);
        assertEquals(0, bytes);
    }

    @Test
    void whatGoesByAnAddressThatStaysGoesOnWithoutAGapWhenItBecomesTheFirst() {
        dead.add(FIRST);
        call(List.of(FIRST, SECOND));
        run(Duration.ofSeconds(2), true);
        near.longestGap = 0;
        far.longestGap = 0;
        bound.put(new InetSocketAddress(SECOND, 4000), near.path.rtp());
        LocalRoute offer = now(near.path.restart(SECOND, List.of(SECOND)));
        assertEquals(List.of("198.51.100.1", "198.51.100.1"), near.candidates());
        run(Duration.ofMillis(300), true);
        exchange(offer, now(far.path.follow(offer.attributes(), true)));
        run(Duration.ofSeconds(2), true);
        assertTrue(near.longestGap <= 2 * TURN, () -> near.longestGap + " ns");
        assertTrue(far.longestGap <= 2 * TURN, () -> far.longestGap + " ns");
    }

    @Test
    void socketsGoWithTheirAddressesWithIceAndWithTheCall() {
        call(List.of(FIRST, SECOND, SIX));
        assertEquals(4, bound.size(), "one of each address, and the peer's");
        now(near.path.restart(FIRST, List.of(FIRST, SIX)));
        assertEquals(List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1"), near.candidates());
        near.path.apply(new Protection.None(), new MediaPath.Remote(far.localAddress(), Optional.empty(), List.of()));
        assertEquals(Set.of(near.localAddress(), far.localAddress()), bound.keySet(), "a peer without ICE reaches us at the first alone");
        near.talk();
        assertEquals(near.localAddress(), flying.stream().reduce((one, other) -> other).orElseThrow().from);
        call(List.of(FIRST, SECOND));
        assertEquals(3, bound.size());
        near.path.close();
        assertEquals(Set.of(near.localAddress(), far.localAddress()), bound.keySet());
    }

    @Test
    void addressesOfLinksOfThisMachineAndOfHardwareAreLeftOutAndFourAtMostAreTaken() {
        InetAddress loopback = ip("127.0.0.1");
        List<InetAddress> all = List.of(loopback, ip("::1"), FIRST, ip("169.254.1.1"), ip("fe80::1"), ip("fec0::1"),
                ip("2001:db8::211:22ff:fe33:4455"), SIX, ip("2001:db8:1::211:22ff:fe33:4455"), SECOND, ip("10.0.0.1"), ip("172.17.0.1"));
        assertEquals(List.of(SIX, SECOND, ip("2001:db8:1::211:22ff:fe33:4455"), ip("10.0.0.1")), HostAddresses.besides(FIRST, all));
        assertEquals(List.of(ip("::1")), HostAddresses.besides(loopback, all));
        assertFalse(HostAddresses.besides(SIX, all).contains(ip("2001:db8::211:22ff:fe33:4455")), "the same network as the first");
        assertTrue(HostAddresses.ofThisMachine().stream().anyMatch(InetAddress::isLoopbackAddress));
    }
}
