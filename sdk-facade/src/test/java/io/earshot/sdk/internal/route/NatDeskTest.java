package io.earshot.sdk.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Failure;
import io.earshot.api.Nat;
import io.earshot.api.Nat.PublicAddress;
import io.earshot.api.NatKind;
import io.earshot.api.VoipException;
import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.rtp.route.NatProbe;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.path.RelayDialer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a probe that knows at once. */
class NatDeskTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private final EventLoop loop = new EventLoop("nat-desk-test", Ticker.system(), Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // holds nothing
        }
    }).start();

    @AfterEach
    void close() {
        loop.close();
    }

    private NatDesk desk(Optional<RouteFinderProvider> provider) {
        return new NatDesk(loop, provider, new RouteDesk(provider, loop, new RelayDialer(List.of(), TlsConfig.DEFAULT, ProxyConfig.NONE),
                false));
    }

    private NatDesk desk(NatKind kind, boolean stable, boolean kept, int tests) {
        return desk(Optional.of(new RouteFinderProvider() {
            @Override
            public RouteFinder open(RouteConfig config, boolean controlling, IdSource ids) {
                throw new AssertionError("nobody looks for ways here");
            }

            @Override
            public Optional<NatProbe> probe(InetSocketAddress local, List<InetSocketAddress> servers, Duration budget, IdSource ids,
                    long now) {
                return Optional.of(new Known(new NatProbe.Output.Done(kind.name(),
                        Optional.of(new InetSocketAddress("203.0.113.9", kept ? local.getPort() : 1)), stable, tests)));
            }
        }));
    }

    private static final class Known implements NatProbe {
        private Optional<Output> done;

        Known(Output done) {
            this.done = Optional.of(done);
        }

        @Override
        public void received(InetSocketAddress source, byte[] data, long now) {
            throw new AssertionError("nobody was asked");
        }

        @Override
        public void onTime(long now) {
            throw new AssertionError("there is nothing to wait for");
        }

        @Override
        public Output poll() {
            Output next = done.orElse(new Output.Wait(Ticker.NEVER));
            done = Optional.empty();
            return next;
        }
    }

    private static Nat nat(PublicAddress when) {
        return Nat.DEFAULT.withStunServers("127.0.0.1:9").withPublicAddress(when);
    }

    @ParameterizedTest
    @CsvSource({"PORT_RESTRICTED, true, true, 3, true, true", "PORT_RESTRICTED, true, false, 3, false, true",
        "CONE, true, true, 1, false, true", "SYMMETRIC, false, true, 3, false, false"})
    void whatServersSeeIsToldAsFarAsTheKindOfNatLetsItBeOfUse(NatKind kind, boolean stable, boolean kept, int tests, boolean inFirst,
            boolean inSecond) {
        NatDesk desk = desk(kind, stable, kept, tests);
        Nat first = nat(PublicAddress.WHERE_PORTS_ARE_KEPT);
        Nat second = nat(PublicAddress.UNLESS_SYMMETRIC);
        assertFalse(desk.allows(first, LOCAL), "nothing is known yet");
        assertTrue(desk.allows(second, LOCAL), "nothing speaks against it yet");
        loop.submit(() -> {
            desk.look(first, false, LOCAL);
            return true;
        }).join();
        // The look hops over the loop once more.
        loop.submit(() -> true).join();
        assertEquals(inFirst, loop.submit(() -> desk.allows(first, LOCAL)).join());
        assertEquals(inSecond, loop.submit(() -> desk.allows(second, LOCAL)).join());
        assertTrue(desk.allows(nat(PublicAddress.BEYOND_PRIVATE_NETWORKS), LOCAL));
        desk.forget();
        assertFalse(desk.allows(first, LOCAL), "in another network");
    }

    @Test
    void theReportNamesTheKindAndThePort() {
        NatDesk desk = desk(NatKind.FULL_CONE, true, true, 3);
        var report = desk.ask(nat(PublicAddress.NEVER), server -> LOCAL).join();
        assertEquals(NatKind.FULL_CONE, report.kind());
        assertTrue(report.portKept());
        assertEquals(LOCAL, report.local().getAddress());
    }

    @Test
    void withoutAServerOrTheModuleASentenceSaysSo() {
        CompletionException server = assertThrows(CompletionException.class,
                () -> desk(NatKind.OPEN, true, true, 1).ask(Nat.DEFAULT, any -> LOCAL).join());
        assertEquals("The kind of NAT cannot be asked for: there is no STUN server; name one with withStunServers(host).",
                assertInstanceOf(Failure.BadArgument.class, ((VoipException) server.getCause()).failure()).sentence());
        CompletionException module = assertThrows(CompletionException.class,
                () -> desk(Optional.empty()).ask(nat(PublicAddress.NEVER), any -> LOCAL).join());
        assertTrue(((VoipException) module.getCause()).failure().sentence().contains("media-ice"));
    }
}
