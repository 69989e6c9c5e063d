package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.TestRelay;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.stun.TransactionId;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RTCP on a port of its own. */
@Tag("rfc8445")
@Tag("rfc8839")
class TwoComponentsTest {
    private static final IceConfig TWO = IceConfig.defaults().withComponents(2);
    private final VirtualNetwork net = VirtualNetwork.seeded(5761).conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(10)));
    private final TestRelay relay = new TestRelay(net.host("relay", "198.51.100.1"), "u", "p");
    private final IceConfig relayed = TWO.withStun(relay.address()).withTurn(TurnConfig.udp(relay.address(), "u", "p"));

    private IcePeer open(String name, String address, IceConfig config, boolean controlling) {
        return new IcePeer(net, net.host(name, address), config, controlling);
    }

    private IcePeer behind(NatType kind, String number, IceConfig config, boolean controlling) {
        return new IcePeer(net, net.hostBehind(net.nat("nat" + number, "203.0.113." + number, kind), "host" + number, "10.0.0.1"), config,
            controlling);
    }

    private void completes(IcePeer... peers) {
        for (IcePeer peer : peers) {
            assertTrue(net.runUntil(() -> peer.agent.state() == IceState.COMPLETED, net.now() + 60 * Ticker.SECOND),
                () -> peer.host.name() + " is " + peer.agent.state());
        }
    }

    private void assertBothAreHeard(IcePeer one, IcePeer other) {
        for (IcePeer each : List.of(one, other)) {
            each.talk();
            each.report();
        }
        net.runFor(Duration.ofSeconds(10));
        for (IcePeer each : List.of(one, other)) {
            assertTrue(each.media.size() > 480, () -> each.media.size() + " packets of sound");
            assertTrue(each.reports.size() >= 9, () -> each.reports.size() + " reports");
            assertEquals(0, each.strangers);
        }
    }

    @Test
    void eachHasItsOwnPathAndBothComponentsOfAnAddressAreWorthTheSame() {
        IcePeer alice = open("alice", "192.0.2.1", TWO, true);
        IcePeer bob = open("bob", "192.0.2.2", TWO, false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertNotEquals(alice.agent.path(1).orElseThrow().local(), alice.agent.path(2).orElseThrow().local());
        assertEquals(bob.bases.get(1).address(), alice.agent.path(2).orElseThrow().remote());
        List<Candidate> told = alice.agent.local().candidates();
        assertEquals(List.of(1, 2), told.stream().map(Candidate::component).toList());
        assertEquals(told.get(0).priority() - 1, told.get(1).priority());
        assertEquals(told.get(0).foundation(), told.get(1).foundation());
        assertEquals(Map.of(1, bob.bases.get(0).address(), 2, bob.bases.get(1).address()), alice.agent.local().remotes());
        assertBothAreHeard(alice, bob);
    }

    @Test
    @Tag("rfc8656")
    void bothGoByRelaysWhereRoutersLetNothingElseThrough() {
        IcePeer alice = behind(NatType.SYMMETRIC, "1", relayed, true);
        IcePeer bob = behind(NatType.SYMMETRIC, "2", relayed, false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertTrue(alice.agent.path(2).orElseThrow().relayed() || bob.agent.path(2).orElseThrow().relayed());
        assertBothAreHeard(alice, bob);
    }

    @Test
    void routersThatKeepPortsForAllDestinationsArePassedDirectlyByBoth() {
        IcePeer alice = behind(NatType.PORT_RESTRICTED, "1", relayed, true);
        IcePeer bob = behind(NatType.PORT_RESTRICTED, "2", relayed, false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertFalse(alice.agent.path(2).orElseThrow().relayed() || bob.agent.path(2).orElseThrow().relayed());
        assertBothAreHeard(alice, bob);
    }

    @Test
    @Tag("rfc5761")
    void whereThePeerSharesThePortTheSecondIsGivenUpWithItsRelayAndNothingIsSentForIt() {
        IcePeer alice = open("alice", "192.0.2.1", relayed, true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Gathered.class), net.now() + Ticker.SECOND));
        assertEquals(2, relay.live());
        long before = net.now();
        completes(alice, bob);
        assertTrue(net.now() - before < Ticker.SECOND, "nobody waits for the second");
        assertEquals(1, relay.live());
        assertTrue(alice.agent.path(2).isEmpty());
        assertFalse(alice.agent.routes(2));
        assertFalse(alice.agent.send(2, new byte[8], net.now()));
        assertTrue(alice.agent.local().candidates().stream().allMatch(each -> each.component() == 1));
        assertEquals(IceAgent.Receipt.STRANGER, alice.agent.received(alice.bases.get(1).address(), bob.bases.get(0).address(), new byte[12],
            0, 12, net.now()));
    }

    @Test
    @Tag("rfc5761")
    void theOwnerMayGiveTheSecondUpBeforeThePeerHasToldAnything() {
        IcePeer alice = open("alice", "192.0.2.1", relayed, true);
        alice.gather();
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Gathered.class), net.now() + Ticker.SECOND));
        assertEquals(2, relay.live());
        alice.agent.shared(net.now());
        alice.drain();
        net.runFor(Duration.ofMillis(100));
        assertEquals(1, relay.live());
        assertTrue(alice.agent.local().candidates().stream().allMatch(each -> each.component() == 1));
    }

    @Test
    void aPeerThatTellsOfOneOnlyHasOne() {
        IcePeer alice = open("alice", "192.0.2.1", TWO, false);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), true);
        bob.gather();
        alice.agent.remote(bob.agent.local(), net.now());
        alice.gather();
        assertEquals(List.of(1), alice.agent.local().candidates().stream().map(Candidate::component).toList());
        assertFalse(alice.agent.routes(2));
    }

    @Test
    @Tag("rfc8838")
    void aPeerThatTellsOneByOneIsWaitedForUntilItHasToldAll() {
        IcePeer alice = open("alice", "192.0.2.1", TWO, true);
        IcePeer bob = open("bob", "192.0.2.2", TWO, false);
        alice.gather();
        bob.gather();
        IceDescription mine = alice.agent.local();
        IceDescription theirs = bob.agent.local();
        alice.agent.remote(new IceDescription(theirs.credentials(), false, List.of("trickle"), theirs.candidates().subList(0, 1), false,
            Map.of()), net.now());
        alice.drain();
        bob.agent.remote(mine, net.now());
        bob.drain();
        assertTrue(alice.agent.routes(2));
        alice.agent.addRemote(theirs.candidates().get(1), net.now());
        alice.drain();
        completes(alice, bob);
        assertTrue(alice.agent.path(2).isPresent());
    }

    @Test
    void soundGoesOnWhereNothingWorksForRtcpAndThatIsToldOnce() {
        IcePeer alice = open("alice", "192.0.2.1", relayed, true);
        IcePeer bob = open("bob", "192.0.2.2", TWO, false);
        alice.reportsBlocked = true;
        bob.reportsBlocked = true;
        alice.talk();
        bob.talk();
        IcePeer.call(alice, bob);
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Selected.class), net.now() + 2 * Ticker.SECOND));
        completes(alice, bob);
        net.runFor(Duration.ofSeconds(60));
        for (IcePeer each : List.of(alice, bob)) {
            assertEquals(1, each.told.stream().filter(IceOutput.ReportsLost.class::isInstance).count());
            assertTrue(each.agent.routes(2), "it takes no other way instead");
            assertFalse(each.agent.send(2, new byte[8], net.now()));
            assertEquals(IceState.COMPLETED, each.agent.state());
            assertTrue(each.longestGap <= 60 * Ticker.MILLISECOND, () -> each.longestGap + " ns");
        }
        assertEquals(0, relay.live(), "no relay is kept for it");
    }

    @Test
    @Tag("rfc7675")
    void rtcpWhosePathDiesAloneIsSentNoMoreAndSoundGoesOn() {
        IcePeer alice = open("alice", "192.0.2.1", TWO, true);
        IcePeer bob = open("bob", "192.0.2.2", TWO, false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertBothAreHeard(alice, bob);
        alice.reportsBlocked = true;
        net.runFor(Duration.ofSeconds(45));
        assertTrue(alice.told(IceOutput.ReportsLost.class));
        assertEquals(IceState.COMPLETED, alice.agent.state());
        assertFalse(alice.told(IceOutput.Doubtful.class) || bob.told(IceOutput.Doubtful.class));
        assertFalse(alice.agent.send(2, new byte[8], net.now()));
        int before = alice.media.size();
        net.runFor(Duration.ofSeconds(2));
        assertTrue(alice.media.size() > before + 90);
        alice.reportsBlocked = false;
        alice.agent.restart(alice.bases, net.now());
        bob.agent.remote(alice.agent.local(), net.now());
        bob.agent.restart(bob.bases, net.now());
        bob.agent.remote(alice.agent.local(), net.now());
        alice.agent.remote(bob.agent.local(), net.now());
        alice.drain();
        bob.drain();
        assertTrue(net.runUntil(() -> alice.agent.path(2).isPresent() && bob.agent.path(2).isPresent(), net.now() + 5 * Ticker.SECOND),
            "a search that begins anew looks for both");
    }

    @Test
    void aLitePeerAnswersForBoth() {
        IcePeer alice = new IcePeer(net, net.hostBehind(net.nat("n", "203.0.113.1", NatType.PORT_RESTRICTED), "alice", "10.0.0.1"), TWO,
            false);
        IcePeer server = open("server", "192.0.2.2", TWO.asLite(), true);
        IcePeer.call(server, alice);
        completes(alice, server);
        assertBothAreHeard(alice, server);
    }

    /** As the first edition of ICE allows: it nominates with each check. */
    @Test
    @Tag("rfc5245")
    void anAggressivePeerNominatesForBoth() throws IOException {
        IcePeer us = open("us", "192.0.2.1", TWO, false);
        IceCredentials theirs = new IceCredentials("aggr", "0123456789012345678901");
        VirtualHost host = net.host("peer", "192.0.2.2");
        List<VirtualSocket> sockets = new ArrayList<>();
        List<Candidate> told = new ArrayList<>();
        for (int component = 1; component <= 2; component++) {
            int at = component - 1;
            sockets.add(host.open(new InetSocketAddress("192.0.2.2", 7000 + at), (source, data) -> {
                if (StunMessage.parse(data) instanceof StunResult.Parsed parsed && parsed.message().kind() == StunMessage.Kind.REQUEST) {
                    sockets.get(at).send(source, StunBuilder.success(parsed.message()).xorAddress(Stun.XOR_MAPPED_ADDRESS, source)
                        .integrity(StunKey.shortTerm(theirs.password())).fingerprint());
                }
            }));
            told.add(Candidate.udp("1", component, 1000 - component, sockets.get(at).localAddress(), CandidateType.HOST, Optional.empty()));
        }
        us.gather();
        us.agent.remote(new IceDescription(theirs, false, List.of(), told, true, Map.of()), net.now());
        us.drain();
        IceCredentials ours = us.agent.local().credentials();
        for (int at = 0; at < 2; at++) {
            sockets.get(at).send(us.bases.get(at).address(), StunBuilder.request(Stun.BINDING, new TransactionId(at, at))
                .text(Stun.USERNAME, ours.ufrag() + ":" + theirs.ufrag()).number(Stun.PRIORITY, 1000).number64(Stun.ICE_CONTROLLING, 99)
                .flag(Stun.USE_CANDIDATE).integrity(StunKey.shortTerm(ours.password())).fingerprint());
        }
        completes(us);
        assertEquals(sockets.get(0).localAddress(), us.agent.path(1).orElseThrow().remote());
        assertEquals(sockets.get(1).localAddress(), us.agent.path(2).orElseThrow().remote());
    }

    @Test
    void aServerThatAnswersForRtpOnlyHoldsNobodyUpForLong() {
        IcePeer alice = open("alice", "192.0.2.1", TWO.withStun(relay.address()), true);
        alice.reportsBlocked = true;
        alice.gather();
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Gathered.class), net.now() + Ticker.SECOND));
        assertTrue(net.now() <= 125 * Ticker.MILLISECOND, () -> net.now() + " ns");
    }

    @Test
    void aStrangerAtThePortOfRtcpIsAskedNothingWhileThePeerIsThere() {
        IcePeer alice = open("alice", "192.0.2.1", TWO, true);
        IcePeer bob = open("bob", "192.0.2.2", TWO, false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        InetSocketAddress victim = new InetSocketAddress("192.0.2.99", 53);
        net.runFor(Duration.ofSeconds(8));
        long sent = alice.agent.counters().checksSent();
        for (int round = 0; round < 20; round++) {
            assertEquals(IceAgent.Receipt.STRANGER, alice.agent.received(alice.bases.get(1).address(), victim, new byte[12], 0, 12,
                net.now()));
            net.runFor(Duration.ofSeconds(1));
        }
        assertEquals(sent, alice.agent.counters().checksSent());
    }

    @Test
    void aForkThatAnswersTheSameOfferIsReachedWithTheCredentialsThatItWasTold() {
        IcePeer alice = open("alice", "192.0.2.1", TWO, true);
        IcePeer early = open("early", "192.0.2.2", IceConfig.defaults(), false);
        IcePeer late = open("late", "192.0.2.3", TWO, false);
        IcePeer.call(alice, early);
        IceDescription[] offer = new IceDescription[1];
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Gathered.class), net.now() + Ticker.SECOND));
        offer[0] = new IceDescription(alice.agent.local().credentials(), false, List.of(), alice.bases.stream().map(base ->
            Candidate.udp("1", base.component(), 1000, base.address(), CandidateType.HOST, Optional.empty())).toList(), true, Map.of());
        completes(alice, early);
        alice.hook = output -> { };
        late.agent.remote(offer[0], net.now());
        late.gather();
        assertTrue(alice.agent.isNew(late.agent.local()));
        alice.agent.forked(alice.bases, net.now());
        alice.agent.remote(late.agent.local(), net.now());
        alice.drain();
        completes(alice, late);
        assertEquals(offer[0].credentials(), alice.agent.local().credentials());
        assertEquals(late.bases.get(0).address(), alice.agent.path(1).orElseThrow().remote());
        assertEquals(late.bases.get(1).address(), alice.agent.path(2).orElseThrow().remote());
        assertBothAreHeard(alice, late);
    }
}
