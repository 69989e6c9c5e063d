package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.TestRelay;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.VirtualNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relays of both families, and servers that send us to others. */
@Tag("rfc8656")
class RelayChoiceTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(86).conditions(LinkConditions.LAN);
    private final TestRelay relay = new TestRelay(net.host("relay", "203.0.113.9"), "u", "p");

    private IcePeer alice(TurnConfig.Family family) {
        return new IcePeer(net, net.host("alice", "192.0.2.1"), IceConfig.defaults()
            .withTurn(TurnConfig.udp(relay.address(), "u", "p").withFamily(family)), true);
    }

    private List<Candidate> relayed(IcePeer peer) {
        return peer.agent.local().candidates().stream().filter(each -> each.type() == CandidateType.RELAYED).toList();
    }

    private List<String> failures(IcePeer peer) {
        return peer.told.stream().filter(IceOutput.RelayFailed.class::isInstance).map(each -> ((IceOutput.RelayFailed) each).reason())
            .toList();
    }

    @Test
    void aPeerOfTheOtherIpVersionIsReachedByTheRelaysAddressOfThatVersion() {
        relay.withSix("2001:db8::9");
        IcePeer alice = alice(TurnConfig.Family.BOTH);
        IcePeer bob = new IcePeer(net, net.host("bob", "2001:db8::2"), IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        assertTrue(net.runUntil(() -> alice.agent.state() == IceState.COMPLETED && bob.agent.state() == IceState.COMPLETED,
            net.now() + 10 * Ticker.SECOND));
        assertEquals(2, relayed(alice).size());
        assertEquals(2, relayed(alice).stream().map(Candidate::priority).distinct().count());
        assertEquals("192.0.2.1", alice.agent.path(1).orElseThrow().local().getAddress().getHostAddress());
        assertEquals(bob.bases.get(0).address(), alice.agent.path(1).orElseThrow().remote());
        alice.talk();
        bob.talk();
        net.runFor(Duration.ofSeconds(2));
        assertTrue(alice.media.size() > 90 && bob.media.size() > 90, alice.media.size() + " and " + bob.media.size());
    }

    @Test
    void theSdpNamesTheRelaysAddressOfOurOwnVersion() {
        relay.withSix("2001:db8::9");
        IcePeer alice = alice(TurnConfig.Family.BOTH);
        alice.gather();
        net.runFor(Duration.ofSeconds(1));
        Candidate best = alice.agent.local().defaultFor(1).orElseThrow();
        assertEquals(CandidateType.RELAYED, best.type());
        assertEquals("203.0.113.9", best.address().getAddress().getHostAddress());
    }

    @Test
    void whoIsSentToAnotherServerHasItsRelay() {
        TestRelay second = new TestRelay(net.host("second", "203.0.113.10"), "u", "p");
        relay.alternate = java.util.Optional.of(second.address());
        IcePeer alice = alice(TurnConfig.Family.IPV4);
        alice.gather();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(1, second.live());
        assertEquals("203.0.113.10", relayed(alice).get(0).address().getAddress().getHostAddress());
        assertEquals(List.of(), failures(alice));
    }

    @Test
    void whoIsSentInACircleGoesOnWithoutARelay() {
        TestRelay second = new TestRelay(net.host("second", "203.0.113.10"), "u", "p");
        relay.alternate = java.util.Optional.of(second.address());
        second.alternate = java.util.Optional.of(relay.address());
        IcePeer alice = alice(TurnConfig.Family.IPV4);
        alice.gather();
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Gathered.class), net.now() + Ticker.SECOND));
        assertTrue(net.now() < 200 * Ticker.MILLISECOND, "it is known at once that there is none");
        assertEquals(List.of(), relayed(alice));
        assertTrue(failures(alice).get(0).endsWith("where we have been"), failures(alice).toString());
        assertTrue(relay.requests + second.requests < 6, "each is asked once");
    }

    @Test
    void aServerThatOurAddressDoesNotReachIsNotAsked() {
        relay.alternate = java.util.Optional.of(new InetSocketAddress("2001:db8::10", 3478));
        IcePeer alice = alice(TurnConfig.Family.IPV4);
        alice.gather();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(), relayed(alice));
        assertTrue(failures(alice).get(0).endsWith("which our address does not reach"), failures(alice).toString());
        assertFalse(alice.told.isEmpty());
    }

    @Test
    void aServerThatRestartsInACallIsFoundOutAtOnceAndAskedAnew() {
        IcePeer alice = new IcePeer(net, net.host("alice", "192.0.2.1"), IceConfig.defaults().withPolicy(IceConfig.Policy.RELAY_ONLY)
            .withTurn(TurnConfig.udp(relay.address(), "u", "p")), true);
        IcePeer bob = new IcePeer(net, net.host("bob", "192.0.2.2"), IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        assertTrue(net.runUntil(() -> alice.agent.state() == IceState.COMPLETED, net.now() + 10 * Ticker.SECOND));
        alice.talk();
        bob.talk();
        net.runFor(Duration.ofSeconds(12));
        relay.forget();
        relay.nonce = "of another life";
        assertTrue(net.runUntil(() -> alice.agent.state() == IceState.DISCONNECTED, net.now() + 2 * Ticker.SECOND));
        assertTrue(failures(alice).get(0).contains("437"), failures(alice).toString());
        alice.agent.restart(alice.bases, net.now());
        alice.drain();
        net.runFor(Duration.ofMillis(300));
        bob.hook = output -> {
            if (output instanceof IceOutput.Gathered) {
                alice.agent.remote(bob.agent.local(), net.now());
                alice.drain();
            }
        };
        bob.agent.remote(alice.agent.local(), net.now());
        bob.drain();
        assertTrue(net.runUntil(() -> alice.agent.state() == IceState.COMPLETED, net.now() + 3 * Ticker.SECOND));
        int before = bob.media.size();
        net.runFor(Duration.ofSeconds(1));
        assertTrue(bob.media.size() > before + 40, "it goes on by another relay");
        assertEquals(1, relay.live());
    }

    @Test
    void aServerThatRestartsAndTakesUsNoMoreIsToldOfOnceAndThePathIsGone() {
        IcePeer alice = new IcePeer(net, net.host("alice", "192.0.2.1"), IceConfig.defaults().withPolicy(IceConfig.Policy.RELAY_ONLY)
            .withTurn(TurnConfig.udp(relay.address(), "u", "p")), true);
        IcePeer bob = new IcePeer(net, net.host("bob", "192.0.2.2"), IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        assertTrue(net.runUntil(() -> alice.agent.state() == IceState.COMPLETED, net.now() + 10 * Ticker.SECOND));
        alice.talk();
        bob.talk();
        net.runFor(Duration.ofSeconds(12));
        relay.forget();
        relay.nonce = "of another life";
        relay.password = "of another life";
        net.runFor(Duration.ofSeconds(2));
        assertTrue(alice.told(IceOutput.CredentialsExpired.class), alice.told + " " + alice.agent.counters());
    }
}
