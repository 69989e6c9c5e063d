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
import io.earshot.rtp.secure.HandshakeChange;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RTCP on a port of its own, in a network of memory. */
@Tag("rfc8445")
@Tag("rfc3605")
class ReportPortTest {
    private static final InetAddress FIRST = ip("192.0.2.1");
    private static final InetAddress SECOND = ip("198.51.100.1");
    private static final InetAddress FAR = ip("203.0.113.9");
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(FAR, 9);
    private static final byte[] REPORT = {(byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 7};
    private static final byte[] SOUND = {(byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 1};
    private static final Optional<InetSocketAddress> SHARED = Optional.empty();

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
    private final Set<InetSocketAddress> dead = new HashSet<>();
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

    private final class Bound implements MediaSocket {
        private final InetSocketAddress address;

        Bound(InetAddress ip, int port) {
            address = new InetSocketAddress(ip, port);
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
            byte[] data = new byte[datagram.remaining()];
            datagram.get(data);
            return flying.add(new Flying(address, peer, data));
        }

        @Override
        public void close() {
            bound.remove(address);
        }
    }

    /** One end of a call. */
    private final class End implements MediaPath.Listener, RouteListener, HostSockets {
        final InetAddress home;
        final RouteSearch search;
        final MediaPath path = new MediaPath(loop, this::heard, this, this);
        final MediaPath.Sockets sockets;
        final List<String> told = new ArrayList<>();
        int sounds;
        int reports;
        final Set<InetSocketAddress> reporters = new HashSet<>();

        End(InetAddress home, boolean controlling) {
            this.home = home;
            sockets = path.over(new Bound(home, 4000), new Bound(home, 4001));
            bound.put(at(0), path.rtp());
            bound.put(at(1), path.rtcp());
            RouteFinderProvider provider = ServiceLoader.load(RouteFinderProvider.class).findFirst().orElseThrow();
            search = new RouteSearch(provider.open(new RouteConfig(List.of(), List.of(), false, Duration.ofMillis(500)), controlling,
                    IdSource.seeded(home.hashCode())), new RelayDialer(List.of(), TlsConfig.DEFAULT, ProxyConfig.NONE));
        }

        InetSocketAddress at(int above) {
            return new InetSocketAddress(home, 4000 + above);
        }

        RouteSearch search(boolean reports, InetAddress... all) {
            return new RouteSearch(search.finder(), search.dialer(), List.of(all), reports);
        }

        private void heard(InetSocketAddress source, ByteBuffer datagram) {
            if (datagram.get(datagram.position() + 1) == REPORT[1]) {
                reports++;
                if (!quiet) {
                    reporters.add(source);
                }
            } else {
                sounds++;
            }
        }

        @Override
        public Optional<MediaSocket> open(InetAddress ip, MediaReceiver receiver) {
            return bind(new Bound(ip, 5000), receiver);
        }

        @Override
        public Optional<MediaSocket> above(MediaSocket rtp, MediaReceiver receiver) {
            return bind(new Bound(rtp.localAddress().getAddress(), rtp.localAddress().getPort() + 1), receiver);
        }

        private Optional<MediaSocket> bind(Bound fresh, MediaReceiver receiver) {
            bound.put(fresh.localAddress(), receiver);
            return Optional.of(fresh);
        }

        void talk() {
            sockets.rtp().send(ANYWHERE, ByteBuffer.wrap(SOUND));
            sockets.rtcp().send(ANYWHERE, ByteBuffer.wrap(REPORT));
        }

        List<String> candidates() {
            return path.told().attributes().stream().filter(each -> each.startsWith("candidate")).map(each -> each.split(" "))
                    .map(each -> each[1] + " " + each[4] + " " + each[5]).toList();
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
            told.add("doubtful");
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
            told.add(sentence);
        }
    }

    /** Lets this much time pass in turns, each of which takes what flew before it. */
    private void run(Duration time, boolean talking) {
        for (long end = ticker.now() + time.toNanos(); ticker.now() < end; ticker.advance(Duration.ofMillis(10))) {
            for (int left = flying.size(); left > 0; left--) {
                Flying next = flying.remove();
                MediaReceiver to = bound.get(next.to);
                if (to != null && !dead.contains(next.from) && !dead.contains(next.to)) {
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

    private static void apply(End to, End from, LocalRoute told, Optional<InetSocketAddress> rtcp) {
        to.path.apply(new Protection.None(), new MediaPath.Remote(from.at(0), rtcp, told.attributes()));
    }

    /** An offer of near's that may or may not end with RTCP on its own port. */
    private void call(boolean shared, InetAddress... all) {
        LocalRoute offer = near.path.seek(near.search(true, all), FIRST, near).join();
        LocalRoute answer = far.path.seek(far.search(!shared), FAR, HostSockets.NONE).join();
        apply(far, near, offer, shared ? SHARED : Optional.of(near.at(1)));
        apply(near, far, answer, shared ? SHARED : Optional.of(far.at(1)));
    }

    @Test
    void bothSidesHearRtcpByItsOwnWayFromWhereTheSdpSaysAndNothingOfStrangers() {
        call(false);
        assertEquals(List.of("1 192.0.2.1 4000", "2 192.0.2.1 4001"), near.candidates());
        assertEquals(Optional.of(near.at(1)), near.path.told().rtcp());
        run(Duration.ofSeconds(1), true);
        int before = near.reports;
        int there = far.reports;
        run(Duration.ofSeconds(1), true);
        assertEquals(100, near.reports - before);
        assertEquals(100, far.reports - there);
        assertEquals(Set.of(far.at(1)), near.reporters);
        assertEquals(Set.of(near.at(1)), far.reporters);
        long strangers = near.path.path().refused().strangers();
        near.path.rtcp().received(ANYWHERE, ByteBuffer.wrap(REPORT));
        assertEquals(before + 100, near.reports);
        assertEquals(strangers + 1, near.path.path().refused().strangers());
        assertTrue(near.told.contains("203.0.113.9:4000"), near.told::toString);
    }

    @Test
    @Tag("rfc5761")
    void whereThePeerSharesThePortNothingIsKeptForRtcpAndNothingThatComesThereIsHeard() {
        call(true, FIRST, SECOND);
        assertEquals(List.of("1 203.0.113.9 4000"), far.candidates());
        assertEquals(Optional.empty(), far.path.told().rtcp());
        assertEquals(List.of("1 192.0.2.1 4000", "1 198.51.100.1 5000"), near.candidates());
        assertFalse(bound.containsKey(new InetSocketAddress(SECOND, 5001)));
        assertTrue(bound.containsKey(near.at(1)), "the call's own socket stays");
        run(Duration.ofSeconds(1), false);
        near.path.rtcp().received(far.at(1), ByteBuffer.wrap(REPORT));
        assertEquals(0, near.reports);
        assertEquals(1, near.path.path().refused().strangers());
        assertEquals(Optional.empty(), near.path.restart(FIRST, List.of(FIRST, SECOND)).join().rtcp());
        assertEquals(List.of("1 192.0.2.1 4000", "1 198.51.100.1 5000"), near.candidates(), "nor in a search that begins anew");
    }

    @Test
    void aPeerThatTellsNoWaysForRtcpIsSentItWhereItsSdpSays() {
        LocalRoute offer = near.path.seek(near.search(true, FIRST, SECOND), FIRST, near).join();
        LocalRoute answer = far.path.seek(far.search(false), FAR, HostSockets.NONE).join();
        assertTrue(bound.containsKey(new InetSocketAddress(SECOND, 5001)));
        apply(far, near, offer, Optional.of(near.at(1)));
        apply(near, far, answer, Optional.of(far.at(1)));
        assertFalse(bound.containsKey(new InetSocketAddress(SECOND, 5001)));
        run(Duration.ofSeconds(1), false);
        flying.clear();
        near.sockets.rtcp().send(far.at(1), ByteBuffer.wrap(REPORT));
        assertEquals(far.at(1), flying.remove().to);
        near.path.rtcp().received(far.at(1), ByteBuffer.wrap(REPORT));
        assertEquals(1, near.reports);
    }

    @Test
    void rtcpOfACallThatIsAtSeveralAddressesGoesByTheOneThatWorksAndLeavesNoGarbage() {
        dead.add(near.at(0));
        dead.add(near.at(1));
        call(false, FIRST, SECOND);
        assertEquals(List.of("1 192.0.2.1 4000", "1 198.51.100.1 5000", "2 192.0.2.1 4001", "2 198.51.100.1 5001"),
                near.candidates().stream().sorted().toList());
        run(Duration.ofSeconds(3), true);
        int heard = near.reports;
        int there = far.reports;
        run(Duration.ofSeconds(1), true);
        assertEquals(100, near.reports - heard);
        assertEquals(100, far.reports - there);
        MediaReceiver receiver = bound.get(new InetSocketAddress(SECOND, 5001));
        ByteBuffer packet = ByteBuffer.wrap(REPORT);
        InetSocketAddress peer = far.at(1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        quiet = true;
        int before = near.reports;
        long bytes = Long.MAX_VALUE;
        int rounds = 0;
        for (; rounds < 20 && bytes > 0; rounds++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5000; i++) {
                receiver.received(peer, packet.clear());
                near.sockets.rtcp().send(ANYWHERE, packet.clear());
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - start;
        }
        assertEquals(5000 * rounds, near.reports - before);
        assertEquals(5000 * rounds, quietly);
        assertEquals(0, bytes);
        near.path.close();
        assertEquals(Set.of(near.at(0), near.at(1), far.at(0), far.at(1)), bound.keySet());
    }

    @Test
    void whereNothingWorksForRtcpAloneThatIsToldTheSoundGoesOnAndItTakesNoOtherWay() {
        dead.add(near.at(1));
        call(false);
        run(Duration.ofSeconds(50), true);
        int before = near.sounds;
        run(Duration.ofSeconds(1), true);
        assertEquals(100, near.sounds - before);
        assertEquals(List.of("203.0.113.9:4000",
                "RTCP has no way to the peer: no pair of candidates works; the sound goes on without it"), near.told);
        flying.clear();
        assertFalse(near.sockets.rtcp().send(far.at(1), ByteBuffer.wrap(REPORT)));
        assertEquals(0, flying.stream().filter(each -> each.from.equals(near.at(1))).count());
        near.path.rtcp().received(far.at(1), ByteBuffer.wrap(REPORT));
        assertEquals(0, near.reports);
    }

    @Test
    void aSearchThatBeginsAnewHasBothWaysAndAPeerThatTurnsToSharingThePortInItsOfferIsAnsweredWithOne() {
        call(false);
        run(Duration.ofSeconds(1), true);
        LocalRoute offer = near.path.restart(FIRST, List.of()).join();
        assertEquals(2, near.candidates().size());
        LocalRoute answer = far.path.follow(offer.attributes(), false).join();
        assertEquals(2, far.candidates().size());
        apply(far, near, offer, Optional.of(near.at(1)));
        apply(near, far, answer, Optional.of(far.at(1)));
        run(Duration.ofSeconds(1), true);
        int before = far.reports;
        run(Duration.ofSeconds(1), true);
        assertEquals(100, far.reports - before);
        LocalRoute another = near.path.restart(FIRST, List.of()).join();
        LocalRoute last = far.path.follow(another.attributes(), true).join();
        assertEquals(List.of("1 203.0.113.9 4000"), far.candidates());
        apply(far, near, another, SHARED);
        apply(near, far, last, SHARED);
        run(Duration.ofSeconds(1), true);
        assertEquals(List.of("1 192.0.2.1 4000"), near.candidates());
        assertEquals(List.of("1 203.0.113.9 4000"), far.candidates());
        LocalRoute again = near.path.restart(FIRST, List.of()).join();
        far.path.follow(again.attributes(), false).join();
        assertEquals(List.of("1 203.0.113.9 4000"), far.candidates(), "near told of one");
    }

    @Test
    @Tag("rfc5764")
    void keysOfRtcpAreAgreedOnByItsOwnWay() {
        call(false);
        run(Duration.ofSeconds(1), false);
        List<Told> begun = new ArrayList<>();
        HandshakeChange change = (current, wake, now) -> {
            begun.add(new Told());
            return begun.get(begun.size() - 1);
        };
        near.path.apply(new Protection.Handshake(change), new MediaPath.Remote(far.at(0), Optional.of(far.at(1)),
                far.path.told().attributes()));
        assertEquals(2, begun.size(), "an association for each port");
        flying.clear();
        near.path.onTime(ticker.now());
        near.path.rtcp().received(far.at(1), ByteBuffer.wrap(new byte[] {22, 1, 2}));
        assertEquals(1, begun.get(1).received.size());
        near.path.rtcp().received(ANYWHERE, ByteBuffer.wrap(new byte[] {22, 1, 2}));
        assertEquals(1, begun.get(1).received.size(), "a stranger gets no handshake");
        assertTrue(flying.stream().anyMatch(each -> each.from.equals(near.at(1)) && each.to.equals(far.at(1))));
    }

    @Test
    @Tag("rfc6886")
    void portsOfTheRouterAreCandidatesOfBothAndOfTheSdp() {
        near.path.seek(near.search(true), FIRST, near).join();
        InetSocketAddress rtp = new InetSocketAddress("198.51.100.77", 30_000);
        InetSocketAddress rtcp = new InetSocketAddress("198.51.100.77", 31_001);
        LocalRoute told = near.path.mapped(Optional.of(rtp), Optional.of(rtcp));
        assertEquals(Optional.of(rtp), told.address());
        assertEquals(Optional.of(rtcp), told.rtcp());
        assertTrue(near.candidates().containsAll(List.of("1 198.51.100.77 30000", "2 198.51.100.77 31001")), () -> near.candidates()
                .toString());
    }

    @Test
    void aForkThatAnswersTheSameOfferAfterOneThatSharesThePortIsReachedForRtcpToo() {
        call(true);
        run(Duration.ofSeconds(1), true);
        List<String> before = near.path.told().attributes().subList(0, 2);
        End fork = new End(ip("203.0.113.10"), false);
        LocalRoute offer = new LocalRoute(Stream.concat(before.stream(), Stream.of(
                "candidate:1 1 udp 1000 192.0.2.1 4000 typ host", "candidate:1 2 udp 999 192.0.2.1 4001 typ host")).toList(),
                Optional.empty());
        LocalRoute answer = fork.path.seek(fork.search(true), fork.home, HostSockets.NONE).join();
        apply(fork, near, offer, Optional.of(near.at(1)));
        apply(near, fork, answer, Optional.of(fork.at(1)));
        assertEquals(before, near.path.told().attributes().subList(0, 2), "it was told these credentials");
        for (int turn = 0; turn < 100; turn++) {
            fork.path.onTime(ticker.now());
            run(Duration.ofMillis(10), true);
        }
        int reports = fork.reports;
        run(Duration.ofSeconds(1), true);
        assertEquals(100, fork.reports - reports);
    }
}
