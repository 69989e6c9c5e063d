package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Peers that do it otherwise, and networks that lose. */
@Tag("rfc8445")
class OtherPeersTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(5245).conditions(LinkConditions.LAN);
    private final IceCredentials theirs = new IceCredentials("aggr", "0123456789012345678901");

    /** A controlling peer of the first edition: it nominates with each check. */
    private VirtualSocket aggressive(VirtualHost host, String ip, IcePeer us) throws IOException {
        List<VirtualSocket> self = new ArrayList<>();
        self.add(host.open(new InetSocketAddress(ip, 7000), (source, data) -> {
            if (StunMessage.parse(data) instanceof StunResult.Parsed parsed && parsed.message().kind() == StunMessage.Kind.REQUEST) {
                self.get(0).send(source, StunBuilder.success(parsed.message()).xorAddress(Stun.XOR_MAPPED_ADDRESS, source)
                    .integrity(StunKey.shortTerm(theirs.password())).fingerprint());
            }
        }));
        return self.get(0);
    }

    private void nominate(VirtualSocket from, IcePeer us, int number) {
        IceCredentials ours = us.agent.local().credentials();
        from.send(us.bases.get(0).address(), StunBuilder.request(Stun.BINDING, new TransactionId(number, number))
            .text(Stun.USERNAME, ours.ufrag() + ":" + theirs.ufrag()).number(Stun.PRIORITY, 1000).number64(Stun.ICE_CONTROLLING, 99)
            .flag(Stun.USE_CANDIDATE).integrity(StunKey.shortTerm(ours.password())).fingerprint());
        net.runFor(Duration.ofMillis(300));
    }

    @Test
    @Tag("rfc5245")
    void anAggressivePeerEndsOnTheBestPairItNominated() throws IOException {
        IcePeer us = new IcePeer(net, net.host("us", "192.0.2.1"), IceConfig.defaults(), false);
        VirtualHost host = net.host("peer", "192.0.2.2", "192.0.2.3");
        VirtualSocket low = aggressive(host, "192.0.2.2", us);
        VirtualSocket high = aggressive(host, "192.0.2.3", us);
        us.gather();
        us.agent.remote(new IceDescription(theirs, false, List.of(), List.of(
            Candidate.udp("1", 1, 1000, low.localAddress(), CandidateType.HOST, Optional.empty()),
            Candidate.udp("2", 1, 2_000_000_000, high.localAddress(), CandidateType.HOST, Optional.empty())), true, Map.of()), 0);
        us.drain();
        nominate(low, us, 1);
        assertEquals(low.localAddress(), us.agent.path(1).orElseThrow().remote());
        nominate(high, us, 2);
        assertEquals(high.localAddress(), us.agent.path(1).orElseThrow().remote(), "a better pair is followed");
        nominate(low, us, 3);
        assertEquals(high.localAddress(), us.agent.path(1).orElseThrow().remote(), "a worse one is not");
        assertEquals(IceState.COMPLETED, us.agent.state());
    }

    @Test
    void packetsLostDelayedAndDoubledDoNotStopACall() {
        for (int seed = 0; seed < 20; seed++) {
            VirtualNetwork lossy = VirtualNetwork.seeded(seed).conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(30))
                .withLoss(0.08).withJitter(Duration.ofMillis(20)).withDuplicates(0.1));
            TestRelay relay = new TestRelay(lossy.host("relay", "198.51.100.1"), "u", "p");
            IceConfig config = IceConfig.defaults().withStun(relay.address()).withTurn(TurnConfig.udp(relay.address(), "u", "p"));
            IcePeer alice = new IcePeer(lossy, lossy.hostBehind(lossy.nat("n", "203.0.113.1", NatType.SYMMETRIC), "alice", "10.0.0.1"),
                config, true);
            IcePeer bob = new IcePeer(lossy, lossy.hostBehind(lossy.nat("m", "203.0.113.2", NatType.SYMMETRIC), "bob", "10.0.0.1"),
                config, false);
            IcePeer.call(alice, bob);
            int run = seed;
            assertTrue(lossy.runUntil(() -> alice.agent.state() == IceState.COMPLETED && bob.agent.state() == IceState.COMPLETED,
                30 * Ticker.SECOND), () -> "seed " + run + ": " + alice.agent.state() + " " + bob.agent.state());
        }
    }

    @Test
    void sixIsPreferredToFour() {
        IcePeer alice = new IcePeer(net, net.host("alice", "192.0.2.1"), IceConfig.defaults(), true);
        IcePeer bob = new IcePeer(net, net.host("bob", "192.0.2.2"), IceConfig.defaults(), false);
        for (IcePeer each : List.of(alice, bob)) {
            each.host.addAddress(each == alice ? "2001:db8::1" : "2001:db8::2");
            each.bases.add(each.openAt(1, new InetSocketAddress(each == alice ? "2001:db8::1" : "2001:db8::2", 0)));
        }
        IcePeer.call(alice, bob);
        net.runFor(Duration.ofSeconds(3));
        assertEquals(new InetSocketAddress("2001:db8::2", alice.agent.path(1).orElseThrow().remote().getPort()),
            alice.agent.path(1).orElseThrow().remote());
        assertEquals(IceState.COMPLETED, bob.agent.state());
    }
}
