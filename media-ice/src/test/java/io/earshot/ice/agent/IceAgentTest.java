package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.TestRelay;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualNat;
import io.earshot.testkit.net.VirtualNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc8445")
class IceAgentTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(8445).conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(10)));

    private IcePeer open(String name, String address, IceConfig config, boolean controlling) {
        return new IcePeer(net, net.host(name, address), config, controlling);
    }

    private void completes(IcePeer... peers) {
        for (IcePeer peer : peers) {
            assertTrue(net.runUntil(() -> peer.agent.state() == IceState.COMPLETED, net.now() + 10 * Ticker.SECOND),
                () -> peer.host.name() + " is " + peer.agent.state());
        }
    }

    private IcePeer[] connected() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        return new IcePeer[] {alice, bob};
    }

    @Test
    void twoComponentsGetTwoPaths() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults().withComponents(2), true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults().withComponents(2), false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertNotEquals(alice.agent.path(1).orElseThrow().local(), alice.agent.path(2).orElseThrow().local());
        assertEquals(bob.bases.get(1).address(), alice.agent.path(2).orElseThrow().remote());
    }

    @Test
    void bothControllingIsSettledByTheTieBreaker() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), true);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertNotEquals(alice.agent.controlling(), bob.agent.controlling());
        assertTrue(alice.agent.counters().roleConflicts() + bob.agent.counters().roleConflicts() > 0);
    }

    @Test
    void bothControlledIsSettledToo() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), false);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        assertNotEquals(alice.agent.controlling(), bob.agent.controlling());
    }

    @Test
    void anAddressFromWhichNoServerIsReachedHoldsNobodyUpAndNoRelayIsAskedForTwice() {
        new TestRelay(net.host("relay", "203.0.113.9"), "u", "p");
        InetSocketAddress server = new InetSocketAddress("203.0.113.9", 3478);
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults().withStun(server).withTurn(TurnConfig.udp(server, "u", "p")), true);
        alice.bases.add(new LocalAddress(1, new InetSocketAddress("172.17.0.1", 4000)));
        alice.gather();
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Gathered.class), net.now() + 10 * Ticker.SECOND));
        assertTrue(net.now() < 250 * Ticker.MILLISECOND, () -> net.now() + " ns");
        assertEquals(1, alice.agent.local().candidates().stream().filter(each -> each.type() == CandidateType.RELAYED).count());
    }

    @Test
    void aLitePeerOnlyAnswers() {
        IcePeer alice = new IcePeer(net, net.hostBehind(net.nat("n", "203.0.113.1", NatType.PORT_RESTRICTED), "alice", "10.0.0.1"),
            IceConfig.defaults(), false);
        IcePeer server = open("server", "192.0.2.2", IceConfig.defaults().asLite(), true);
        IcePeer.call(server, alice);
        completes(alice, server);
        assertTrue(alice.agent.controlling() && !server.agent.controlling());
        assertEquals(0, server.agent.counters().checksSent());
        alice.talk();
        server.talk();
        net.runFor(Duration.ofSeconds(40));
        assertTrue(alice.media.size() > 1900 && server.media.size() > 1900);
    }

    @Test
    @Tag("rfc8838")
    void candidatesThatComeLateAreTried() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), false);
        alice.gather();
        bob.gather();
        IceDescription mine = alice.agent.local();
        IceDescription theirs = bob.agent.local();
        alice.agent.remote(new IceDescription(theirs.credentials(), false, List.of("trickle"), List.of(), false, Map.of()), net.now());
        alice.drain();
        net.runFor(Duration.ofSeconds(2));
        assertEquals(IceState.CHECKING, alice.agent.state());
        bob.agent.remote(new IceDescription(mine.credentials(), false, List.of("trickle"), List.of(), false, Map.of()), net.now());
        alice.agent.addRemote(theirs.candidates().get(0), net.now());
        alice.drain();
        completes(alice, bob);
        assertEquals(CandidateType.PEER_REFLEXIVE, bob.agent.path(1).orElseThrow().remoteType());
    }

    @Test
    void checksThatOvertakeTheAnswerAreNotLost() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), false);
        alice.gather();
        bob.gather();
        bob.agent.remote(alice.agent.local(), net.now());
        bob.drain();
        net.runFor(Duration.ofMillis(200));
        alice.agent.remote(bob.agent.local(), net.now());
        alice.drain();
        completes(alice, bob);
        assertTrue(net.now() < 600 * Ticker.MILLISECOND);
    }

    @Test
    void namesOfMdnsAreLookedUp() throws UnknownHostException {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), true);
        IcePeer bob = open("bob", "192.0.2.2", IceConfig.defaults(), false);
        alice.gather();
        bob.gather();
        IceDescription theirs = bob.agent.local();
        Candidate hidden = theirs.candidates().get(0).at(InetSocketAddress.createUnresolved("1f4712db.local", bob.bases.get(0).address()
            .getPort()));
        bob.agent.remote(new IceDescription(alice.agent.local().credentials(), false, List.of(), List.of(), true, Map.of()), net.now());
        alice.agent.remote(new IceDescription(theirs.credentials(), false, List.of(), List.of(hidden), true, Map.of()), net.now());
        alice.drain();
        assertTrue(alice.told.contains(new IceOutput.Resolve("1f4712db.local")));
        alice.agent.resolved("1f4712db.local", List.of(InetAddress.getByName("192.0.2.2")), net.now());
        alice.drain();
        completes(alice, bob);
    }

    @Test
    void tcpCandidatesAndNonsenseAreLeftAlone() {
        IcePeer alice = open("alice", "192.0.2.1", IceConfig.defaults(), true);
        alice.gather();
        IceCredentials creds = new IceCredentials("abcd", "0123456789012345678901");
        InetSocketAddress peer = new InetSocketAddress("192.0.2.2", 9);
        alice.agent.remote(new IceDescription(creds, false, List.of(), List.of(
            new Candidate("1", 1, "tcp", 5, peer, CandidateType.HOST, Optional.empty(), Map.of("tcptype", "active")),
            Candidate.udp("2", 7, 5, peer, CandidateType.HOST, Optional.empty()),
            Candidate.udp("3", 1, 5, new InetSocketAddress("239.1.1.1", 9), CandidateType.HOST, Optional.empty()),
            Candidate.udp("4", 1, 5, new InetSocketAddress("0.0.0.0", 9), CandidateType.HOST, Optional.empty())), true, Map.of()), 0);
        alice.drain();
        assertEquals(4, alice.agent.counters().candidatesIgnored());
        net.runFor(Duration.ofSeconds(39));
        assertEquals(IceState.CHECKING, alice.agent.state());
        net.runFor(Duration.ofSeconds(2));
        assertEquals(IceState.FAILED, alice.agent.state());
        assertEquals(0, alice.agent.counters().checksSent());
    }

    @Test
    void gatheringNeverDelaysAnOfferBeyondItsBudget() {
        IceConfig config = IceConfig.defaults().withStun(new InetSocketAddress("198.51.100.99", 3478))
            .withTurn(TurnConfig.udp(new InetSocketAddress("198.51.100.98", 3478), "u", "p"));
        IcePeer alice = open("alice", "192.0.2.1", config, true);
        alice.gather();
        assertFalse(alice.told(IceOutput.Gathered.class));
        net.runFor(Duration.ofMillis(500));
        assertTrue(alice.told.contains(new IceOutput.Gathered(false)));
        assertEquals(1, alice.agent.local().candidates().size());
        assertFalse(alice.agent.local().complete());
        net.runFor(Duration.ofSeconds(40));
        assertTrue(alice.told(IceOutput.EndOfCandidates.class) && alice.told(IceOutput.RelayFailed.class));
    }

    @Test
    void policiesHideAddresses() {
        TestRelay relay = new TestRelay(net.host("relay", "198.51.100.1"), "u", "p");
        VirtualNat nat = net.nat("n", "203.0.113.1", NatType.PORT_RESTRICTED);
        IceConfig config = IceConfig.defaults().withStun(relay.address()).withTurn(TurnConfig.udp(relay.address(), "u", "p"));
        IcePeer shy = new IcePeer(net, net.hostBehind(nat, "shy", "10.0.0.1"), config.withPolicy(IceConfig.Policy.HIDE_HOSTS), true);
        IcePeer relayed = new IcePeer(net, net.hostBehind(nat, "rel", "10.0.0.2"), config.withPolicy(IceConfig.Policy.RELAY_ONLY), false);
        IcePeer.call(shy, relayed);
        completes(shy, relayed);
        assertFalse(shy.agent.local().candidates().toString().contains("10.0.0."), () -> shy.agent.local().toString());
        assertEquals(List.of(CandidateType.RELAYED), relayed.agent.local().candidates().stream().map(Candidate::type).toList());
        assertTrue(relayed.agent.path(1).orElseThrow().relayed());
        relayed.talk();
        shy.talk();
        net.runFor(Duration.ofSeconds(30));
        assertTrue(shy.media.size() > 1400 && relayed.media.size() > 1400);
        assertEquals(1, relay.live(), "the relay that is not used is given back");
        shy.agent.close(net.now());
        shy.drain();
        relayed.agent.close(net.now());
        relayed.drain();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(0, relay.live());
    }

    @Test
    @Tag("rfc7675")
    void silenceOfThePeerEndsSendingWithinThirtySeconds() {
        IcePeer[] both = connected();
        both[0].talk();
        net.runFor(Duration.ofSeconds(60));
        assertEquals(IceState.COMPLETED, both[0].agent.state());
        net.blackout(both[1].host, Ticker.NEVER);
        net.runFor(Duration.ofSeconds(36));
        assertEquals(IceState.DISCONNECTED, both[0].agent.state());
        assertFalse(both[0].agent.send(1, new byte[12], net.now()));
    }

    @Test
    @Tag("rfc7675")
    void anOutageShorterThanConsentChangesNothing() {
        IcePeer[] both = connected();
        net.runFor(Duration.ofSeconds(5));
        net.blackout(both[1].host, net.now() + 20 * Ticker.SECOND);
        net.runFor(Duration.ofSeconds(60));
        assertEquals(IceState.COMPLETED, both[0].agent.state());
        assertTrue(both[0].agent.send(1, new byte[12], net.now()));
    }

    @Test
    void mediaThatStopsMakesThePathDoubtfulWithinASecond() {
        IcePeer[] both = connected();
        both[0].talk();
        both[1].talk();
        net.runFor(Duration.ofSeconds(5));
        assertFalse(both[0].told(IceOutput.Doubtful.class));
        long cut = net.now();
        net.blackout(both[1].host, Ticker.NEVER);
        assertTrue(net.runUntil(() -> both[0].told(IceOutput.Doubtful.class), cut + 5 * Ticker.SECOND));
        assertTrue(net.now() - cut < 1500 * Ticker.MILLISECOND, () -> "after " + (net.now() - cut) / Ticker.MILLISECOND + " ms");
    }

    @Test
    void whoIsSeenElsewhereAfterARouterRestartedIsToldSoAndTheOtherIsNot() {
        TestRelay server = new TestRelay(net.host("server", "198.51.100.1"), "u", "p");
        IceConfig config = IceConfig.defaults().withStun(server.address());
        VirtualNat router = net.nat("n1", "203.0.113.1", NatType.PORT_RESTRICTED);
        IcePeer alice = new IcePeer(net, net.hostBehind(router, "alice", "192.168.1.2"), config, true);
        IcePeer bob = new IcePeer(net, net.hostBehind(net.nat("n2", "203.0.113.2", NatType.PORT_RESTRICTED), "bob", "10.0.0.2"), config,
            false);
        IcePeer.call(alice, bob);
        completes(alice, bob);
        alice.talk();
        bob.talk();
        net.runFor(Duration.ofSeconds(5));
        long cut = net.now();
        router.rebind();
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Moved.class), cut + 2 * Ticker.SECOND));
        assertTrue(net.now() - cut < 1100 * Ticker.MILLISECOND, () -> "after " + (net.now() - cut) / Ticker.MILLISECOND + " ms");
        net.runFor(Duration.ofSeconds(2));
        assertFalse(bob.told(IceOutput.Moved.class));
        InetSocketAddress now = alice.agent.local().candidates().stream().filter(one -> one.type() == CandidateType.SERVER_REFLEXIVE)
            .map(Candidate::address).findFirst().orElseThrow();
        assertEquals(1, alice.agent.local().candidates().stream().filter(one -> one.address().equals(now)).count());
        assertNotEquals(bob.agent.path(1).orElseThrow().remote(), now, "what is told in a restart is the new one");
    }

    @Test
    void aNewAddressAfterARestartTakesOver() {
        IcePeer[] both = connected();
        IcePeer alice = both[0];
        IcePeer bob = both[1];
        alice.talk();
        bob.talk();
        net.runFor(Duration.ofSeconds(2));
        IceCredentials old = alice.agent.local().credentials();
        alice.host.addAddress("192.0.2.77");
        alice.host.removeAddress("192.0.2.1");
        LocalAddress fresh = alice.open(1);
        alice.bases.remove(0);
        alice.longestGap = 0;
        bob.longestGap = 0;
        alice.hook = output -> { };
        bob.hook = output -> { };
        alice.agent.restart(List.of(fresh), net.now());
        alice.drain();
        assertNotEquals(old, alice.agent.local().credentials());
        net.runFor(Duration.ofMillis(300)); // the offer is on its way
        assertTrue(bob.agent.remote(alice.agent.local(), net.now()), "the peer's restart is noticed");
        bob.drain();
        net.runFor(Duration.ofMillis(300)); // and the answer
        alice.agent.remote(bob.agent.local(), net.now());
        alice.drain();
        completes(alice, bob);
        net.runFor(Duration.ofSeconds(2));
        assertEquals(fresh.address(), bob.agent.path(1).orElseThrow().remote());
        assertTrue(alice.longestGap < 2 * Ticker.SECOND && bob.longestGap < 2 * Ticker.SECOND,
            () -> "gaps " + alice.longestGap / Ticker.MILLISECOND + " and " + bob.longestGap / Ticker.MILLISECOND + " ms");
    }

    @Test
    void aPeerThatGoesOnSendingFromWhereItWasBeforeARestartIsHeardAndIsAStrangerWhenItHasBeenSilent() {
        IcePeer[] both = connected();
        IcePeer alice = both[0];
        IcePeer bob = both[1];
        LocalAddress old = alice.bases.get(0);
        InetSocketAddress there = bob.bases.get(0).address();
        LocalAddress fresh = alice.open(1);
        LocalAddress never = alice.open(1);
        alice.hook = output -> { };
        bob.hook = output -> { };
        alice.agent.restart(List.of(fresh), net.now());
        alice.drain();
        assertTrue(bob.agent.remote(alice.agent.local(), net.now()));
        bob.drain();
        alice.agent.remote(bob.agent.local(), net.now());
        alice.drain();
        completes(alice, bob);
        assertEquals(fresh.address(), bob.agent.path(1).orElseThrow().remote());
        byte[] packet = {(byte) 0x80, 0, 0, 1};
        for (int second = 0; second < 40; second++) {
            alice.send(old, there, packet);
            net.runFor(Duration.ofSeconds(1));
        }
        assertEquals(40, bob.media.size());
        assertEquals(0, bob.strangers);
        alice.send(never, there, packet);
        net.runFor(Duration.ofSeconds(31));
        alice.send(old, there, packet);
        net.runFor(Duration.ofSeconds(1));
        assertEquals(40, bob.media.size());
        assertEquals(2, bob.strangers);
    }

    @Test
    void aRestartKeepsMediaOnTheOldPathMeanwhile() {
        IcePeer[] both = connected();
        both[0].talk();
        both[1].talk();
        net.runFor(Duration.ofSeconds(1));
        both[0].hook = output -> { };
        both[1].hook = output -> { };
        both[0].longestGap = 0;
        both[0].agent.restart(both[0].bases, net.now());
        both[0].drain();
        net.runFor(Duration.ofSeconds(1));
        both[1].agent.remote(both[0].agent.local(), net.now());
        both[1].drain();
        net.runFor(Duration.ofSeconds(1));
        both[0].agent.remote(both[1].agent.local(), net.now());
        both[0].drain();
        completes(both);
        net.runFor(Duration.ofSeconds(1));
        assertTrue(both[0].longestGap < 30 * Ticker.MILLISECOND, () -> "gap " + both[0].longestGap);
    }

    @Test
    void aNatThatRebindsIsFollowedWithoutARestart() {
        for (NatType type : List.of(NatType.FULL_CONE, NatType.PORT_RESTRICTED, NatType.SYMMETRIC)) {
            VirtualNetwork own = VirtualNetwork.seeded(7).conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(20)));
            TestRelay stun = new TestRelay(own.host("stun", "198.51.100.1"), "u", "p");
            IceConfig config = IceConfig.defaults().withStun(stun.address());
            VirtualNat nat = own.nat("n", "203.0.113.1", type);
            IcePeer alice = new IcePeer(own, own.hostBehind(nat, "alice", "10.0.0.1"), config, true);
            IcePeer bob = new IcePeer(own, own.hostBehind(own.nat("m", "203.0.113.2", NatType.FULL_CONE), "bob", "10.0.0.1"), config,
                false);
            IcePeer.call(alice, bob);
            own.runFor(Duration.ofSeconds(2));
            alice.talk();
            bob.talk();
            own.runFor(Duration.ofSeconds(2));
            alice.longestGap = 0;
            nat.rebind();
            own.runFor(Duration.ofSeconds(10));
            assertEquals(IceState.COMPLETED, alice.agent.state());
            assertTrue(own.now() - alice.lastMedia < 100 * Ticker.MILLISECOND, type + ": media came back");
            assertTrue(alice.longestGap < 2 * Ticker.SECOND, type + ": silence of " + alice.longestGap / Ticker.MILLISECOND + " ms");
        }
    }
}
