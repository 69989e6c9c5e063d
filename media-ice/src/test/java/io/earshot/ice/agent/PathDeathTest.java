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
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNat;
import io.earshot.testkit.net.VirtualNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Paths that die without a word, as a cable that is pulled out somewhere, and what looks like that and is none. */
@Tag("rfc8445")
@Tag("rfc7675")
class PathDeathTest {
    private static final Duration SIGNALLING = Duration.ofMillis(60);

    private final VirtualNetwork net = VirtualNetwork.seeded(77).conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(20)));
    private IcePeer alice;
    private IcePeer bob;
    private int restarts;

    private static InetAddress ip(String literal) {
        return new InetSocketAddress(literal, 0).getAddress();
    }

    /** Two machines, each at two addresses, in a call on the first of each. */
    private void twoAddresses() {
        VirtualHost one = net.host("alice", "192.0.2.1", "10.77.0.1");
        VirtualHost other = net.host("bob", "192.0.2.2", "10.77.0.2");
        alice = new IcePeer(net, one, IceConfig.defaults(), true);
        bob = new IcePeer(net, other, IceConfig.defaults(), false);
        alice.bases.add(alice.openAt(1, new InetSocketAddress(ip("10.77.0.1"), 0)));
        bob.bases.add(bob.openAt(1, new InetSocketAddress(ip("10.77.0.2"), 0)));
        established();
        assertEquals(ip("192.0.2.2"), alice.agent.path(1).orElseThrow().remote().getAddress());
        alice.selectedAt.clear();
        bob.selectedAt.clear();
    }

    private void established() {
        IcePeer.call(alice, bob);
        for (IcePeer peer : List.of(alice, bob)) {
            assertTrue(net.runUntil(() -> peer.agent.state() == IceState.COMPLETED, 10 * Ticker.SECOND));
        }
        alice.talk();
        bob.talk();
        net.runFor(Duration.ofSeconds(15));
        alice.longestGap = 0;
        bob.longestGap = 0;
        assertFalse(alice.told(IceOutput.Doubtful.class) || bob.told(IceOutput.Doubtful.class));
    }

    /** What a phone does: the peer is told of a search begun anew. */
    private void withSignalling() {
        signals(alice, bob);
        signals(bob, alice);
    }

    private void signals(IcePeer mine, IcePeer theirs) {
        mine.hook = output -> {
            if (output instanceof IceOutput.Doubtful doubtful && doubtful.doubt() == IceOutput.Doubt.DEAD) {
                restarts++;
                mine.host.loop().at(net.now(), () -> restart(mine, theirs));
            }
        };
    }

    private void restart(IcePeer mine, IcePeer theirs) {
        onGathered(mine, () -> {
            IceDescription offer = mine.agent.local();
            later(theirs, () -> {
                onGathered(theirs, () -> {
                    IceDescription answer = theirs.agent.local();
                    later(mine, () -> {
                        mine.agent.remote(answer, net.now());
                        mine.drain();
                    });
                });
                theirs.agent.remote(offer, net.now());
                theirs.drain();
            });
        });
        mine.agent.restart(mine.bases, net.now());
        mine.drain();
    }

    private void later(IcePeer at, Runnable action) {
        at.host.loop().at(net.now() + SIGNALLING.toNanos(), action::run);
    }

    private static void onGathered(IcePeer peer, Runnable action) {
        var before = peer.hook;
        peer.hook = output -> {
            if (output instanceof IceOutput.Gathered) {
                peer.hook = before;
                action.run();
            } else {
                before.accept(output);
            }
        };
    }

    private static List<IceOutput.Doubt> doubts(IcePeer of) {
        return of.told.stream().filter(IceOutput.Doubtful.class::isInstance).map(each -> ((IceOutput.Doubtful) each).doubt()).toList();
    }

    private void assertGaps(long most) {
        for (IcePeer peer : List.of(alice, bob)) {
            long gap = Math.max(peer.longestGap, net.now() - peer.lastMedia);
            assertTrue(gap < most * Ticker.MILLISECOND, () -> peer.host.name() + " heard nothing for " + gap / Ticker.MILLISECOND + " ms");
        }
    }

    @Test
    void whenTheAddressInUseDiesTheSoundTakesAnotherOneAtOnceAndTheSideThatLeadsIsToldToMakeItGood() {
        twoAddresses();
        alice.deaf.add(ip("192.0.2.1"));
        alice.dumb.add(ip("192.0.2.1"));
        net.runFor(Duration.ofSeconds(2));
        assertGaps(1100);
        assertEquals(List.of(IceOutput.Doubt.SUSPECT), doubts(alice));
        net.runFor(Duration.ofMillis(1800));
        assertEquals(List.of(IceOutput.Doubt.SUSPECT, IceOutput.Doubt.DEAD), doubts(alice));
        assertFalse(doubts(bob).contains(IceOutput.Doubt.DEAD), "two offers get in each other's way");
        assertGaps(1100);
    }

    @Test
    void afterTheRestartThatFollowsTheSoundGoesOnWithoutAnotherGap() {
        twoAddresses();
        withSignalling();
        alice.deaf.add(ip("192.0.2.1"));
        alice.dumb.add(ip("192.0.2.1"));
        net.runFor(Duration.ofSeconds(30));
        assertGaps(1100);
        assertEquals(1, restarts);
        assertEquals(IceState.COMPLETED, alice.agent.state());
        assertEquals(IceState.COMPLETED, bob.agent.state());
        assertEquals(ip("10.77.0.1"), alice.agent.path(1).orElseThrow().local().getAddress());
    }

    @Test
    void aPathThatDiesInOneDirectionIsLeftByTheSideThatHearsNothingAndTheOtherFollows() {
        for (boolean leading : List.of(true, false)) {
            PathDeathTest own = new PathDeathTest();
            own.twoAddresses();
            own.withSignalling();
            (leading ? own.alice : own.bob).deaf.add(ip(leading ? "192.0.2.1" : "192.0.2.2"));
            own.net.runFor(Duration.ofSeconds(20));
            own.assertGaps(1500);
            assertEquals(1, own.restarts);
            assertNotEquals(own.alice.agent.path(1).orElseThrow().local().getAddress(), ip(leading ? "192.0.2.1" : "192.0.2.9"));
            assertNotEquals(own.bob.agent.path(1).orElseThrow().local().getAddress(), ip(leading ? "192.0.2.9" : "192.0.2.2"));
        }
    }

    @Test
    void aRelayThatVanishesIsReplacedByAnotherOneThatHadBeenGivenBack() {
        VirtualHost one = net.host("first", "198.51.100.1");
        VirtualHost other = net.host("second", "198.51.100.2");
        TestRelay first = new TestRelay(one, "u", "p");
        TestRelay second = new TestRelay(other, "u", "p");
        IceConfig config = IceConfig.defaults().withPolicy(IceConfig.Policy.RELAY_ONLY).withTurn(TurnConfig.udp(first.address(), "u", "p"),
            TurnConfig.udp(second.address(), "u", "p"));
        alice = new IcePeer(net, net.hostBehind(net.nat("n1", "203.0.113.1", NatType.SYMMETRIC), "alice", "192.168.1.2"), config, true);
        bob = new IcePeer(net, net.hostBehind(net.nat("n2", "203.0.113.2", NatType.SYMMETRIC), "bob", "10.0.0.2"), IceConfig.defaults()
            .withStun(first.address(), second.address()), false);
        established();
        withSignalling();
        InetAddress used = bob.agent.path(1).orElseThrow().remote().getAddress();
        net.blackout(used.equals(ip("198.51.100.1")) ? one : other, Ticker.NEVER);
        net.runFor(Duration.ofSeconds(20));
        assertGaps(2000);
        assertEquals(1, restarts);
        assertEquals(IceState.COMPLETED, alice.agent.state());
    }

    @Test
    void aDirectPathThatDiesIsReplacedByARelayThatHadBeenGivenBack() {
        TestRelay relay = new TestRelay(net.host("relay", "198.51.100.1"), "u", "p");
        IceConfig config = IceConfig.defaults().withTurn(TurnConfig.udp(relay.address(), "u", "p"));
        VirtualNat one = net.nat("n1", "203.0.113.1", NatType.PORT_RESTRICTED);
        VirtualNat other = net.nat("n2", "203.0.113.2", NatType.PORT_RESTRICTED);
        alice = new IcePeer(net, net.hostBehind(one, "alice", "192.168.1.2"), config, true);
        bob = new IcePeer(net, net.hostBehind(other, "bob", "10.0.0.2"), IceConfig.defaults().withStun(relay.address()), false);
        established();
        assertFalse(alice.agent.path(1).orElseThrow().relayed());
        assertEquals(0, relay.live());
        withSignalling();
        net.link(alice.host, other).blackout(net.now(), Ticker.NEVER);
        net.link(bob.host, one).blackout(net.now(), Ticker.NEVER);
        net.runFor(Duration.ofSeconds(20));
        assertGaps(2000);
        assertEquals(1, restarts);
    }

    @Test
    void aPeerThatIsFrozenIsToldOfAndNobodyMovesAndThatItIsBackIsToldToo() {
        twoAddresses();
        bob.stall(3 * Ticker.SECOND);
        net.runFor(Duration.ofMillis(2900));
        assertEquals(List.of(IceOutput.Doubt.SUSPECT, IceOutput.Doubt.DEAD), doubts(alice));
        net.runFor(Duration.ofSeconds(10));
        assertEquals(List.of(IceOutput.Doubt.SUSPECT, IceOutput.Doubt.DEAD, IceOutput.Doubt.OVER), doubts(alice));
        assertTrue(alice.selectedAt.isEmpty() && bob.selectedAt.isEmpty());
        assertEquals(List.of(), doubts(bob), "who had no time itself suspects nobody");
    }

    @Test
    void aSecondOfLossIsNoDeathAndWithAnotherWayTheSoundComesBackToTheBetterOne() {
        twoAddresses();
        withSignalling();
        alice.deaf.add(ip("192.0.2.1"));
        alice.dumb.add(ip("192.0.2.1"));
        net.runFor(Duration.ofMillis(1050));
        alice.deaf.clear();
        alice.dumb.clear();
        net.runFor(Duration.ofSeconds(10));
        assertEquals(0, restarts);
        assertGaps(1100);
        assertEquals(ip("192.0.2.2"), alice.agent.path(1).orElseThrow().remote().getAddress());
        assertEquals(ip("192.0.2.1"), bob.agent.path(1).orElseThrow().remote().getAddress());
        assertEquals(IceOutput.Doubt.OVER, doubts(alice).get(doubts(alice).size() - 1));
    }

    @Test
    void aSecondOfLossOnTheOnlyWayHasNothingBegunAnew() {
        alice = new IcePeer(net, net.host("alice", "192.0.2.1"), IceConfig.defaults(), true);
        bob = new IcePeer(net, net.host("bob", "192.0.2.2"), IceConfig.defaults(), false);
        established();
        for (int burst = 0; burst < 10; burst++) {
            net.blackout(bob.host, net.now() + Ticker.SECOND);
            net.runFor(Duration.ofSeconds(3));
        }
        assertFalse(doubts(alice).contains(IceOutput.Doubt.DEAD));
        assertFalse(doubts(bob).contains(IceOutput.Doubt.DEAD));
        assertEquals(IceOutput.Doubt.OVER, doubts(alice).get(doubts(alice).size() - 1));
    }

    @Test
    void peersThatPauseBetweenWordsStayWhereTheyAreOnAWayThatLosesPacketsAndOnALongOne() {
        LinkConditions near = LinkConditions.PERFECT.withDelay(Duration.ofMillis(20)).withLoss(0.05);
        LinkConditions far = LinkConditions.PERFECT.withDelay(Duration.ofMillis(400));
        LinkConditions rough = LinkConditions.PERFECT.withDelay(Duration.ofMillis(150)).withJitter(Duration.ofMillis(150));
        for (LinkConditions way : List.of(near, far, rough)) {
            PathDeathTest own = new PathDeathTest();
            own.twoAddresses();
            own.net.conditions(way);
            own.alice.agent.restart(own.alice.bases, own.net.now());
            own.restart(own.alice, own.bob);
            own.net.runFor(Duration.ofSeconds(20));
            own.alice.told.clear();
            own.bob.told.clear();
            for (int word = 0; word < 10; word++) {
                own.bob.hush();
                own.net.runFor(Duration.ofMillis(700 + 380 * word));
                own.bob.talk();
                own.net.runFor(Duration.ofMillis(1500));
            }
            assertFalse(doubts(own.alice).contains(IceOutput.Doubt.DEAD), way::toString);
            assertFalse(own.alice.told(IceOutput.Selected.class) || own.bob.told(IceOutput.Selected.class), way::toString);
        }
    }

    @Test
    void aMachineThatHadNoTimeItselfStaysWhereItIs() {
        twoAddresses();
        IntStream.of(300, 700, 1000, 2000, 5000).forEach(pause -> {
            alice.stall(pause * Ticker.MILLISECOND);
            net.runFor(Duration.ofMillis(pause + 4000));
        });
        assertFalse(doubts(alice).contains(IceOutput.Doubt.DEAD));
        assertTrue(alice.selectedAt.isEmpty());
    }

    @Test
    void soundThatBeginsIsWatchedFromItsSecondPacketOn() {
        twoAddresses();
        bob.hush();
        net.runFor(Duration.ofSeconds(3));
        bob.talk();
        int before = alice.media.size();
        assertTrue(net.runUntil(() -> alice.media.size() >= before + 2, net.now() + Ticker.SECOND));
        bob.hush();
        long stopped = net.now();
        alice.told.clear();
        bob.dumb.addAll(List.of(ip("192.0.2.2"), ip("10.77.0.2")));
        assertTrue(net.runUntil(() -> alice.told(IceOutput.Doubtful.class), stopped + Ticker.SECOND));
    }
}
