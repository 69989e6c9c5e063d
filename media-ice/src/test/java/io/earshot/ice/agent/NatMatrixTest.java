package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.TestRelay;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every kind of NAT against every other, with a STUN server alone and with relays: which path is found, and in what time. */
@Tag("rfc8445")
@Tag("rfc8656")
class NatMatrixTest {
    private static final Duration DELAY = Duration.ofMillis(20);

    private final StringBuilder table = new StringBuilder();

    @Test
    void everyPairOfNatsGetsAPathAndTwoWayMedia() throws IOException {
        table.append(String.format("%-18s %-18s %-5s %-14s %s%n", "caller's NAT", "callee's NAT", "with", "path", "set-up"));
        for (NatType caller : NatType.values()) {
            for (NatType callee : NatType.values()) {
                cell(caller, callee, false);
                cell(caller, callee, true);
            }
        }
        Files.writeString(Path.of("target", "nat-matrix.txt"), table);
    }

    private void cell(NatType caller, NatType callee, boolean relay) {
        VirtualNetwork net = VirtualNetwork.seeded(caller.ordinal() * 8 + callee.ordinal() * 2);
        net.conditions(LinkConditions.PERFECT.withDelay(DELAY));
        TestRelay server = new TestRelay(net.host("server", "198.51.100.1"), "u", "p");
        IceConfig config = IceConfig.defaults().withStun(server.address());
        config = relay ? config.withTurn(TurnConfig.udp(server.address(), "u", "p")) : config;
        IcePeer alice = new IcePeer(net, net.hostBehind(net.nat("n1", "203.0.113.1", caller), "alice", "192.168.1.2"), config, true);
        IcePeer bob = new IcePeer(net, net.hostBehind(net.nat("n2", "203.0.113.2", callee), "bob", "10.0.0.2"), config, false);
        IcePeer.call(alice, bob);
        net.runUntil(() -> alice.agent.state() == IceState.COMPLETED && bob.agent.state() == IceState.COMPLETED
            || alice.agent.state() == IceState.FAILED, 60 * Ticker.SECOND);
        boolean hopeless = impossible(caller, callee) && !relay;
        String path = alice.agent.path(1).map(IcePath::toString).orElse("none");
        table.append(String.format("%-18s %-18s %-5s %-14s %s%n", caller, callee, relay ? "TURN" : "STUN", path,
            path.equals("none") ? "failed" : alice.selectedAt.get(1) / Ticker.MILLISECOND + " ms"));
        assertEquals(hopeless ? IceState.FAILED : IceState.COMPLETED, alice.agent.state(), caller + " " + callee + " " + relay);
        if (!hopeless) {
            assertTrue(alice.selectedAt.get(1) < 2 * Ticker.SECOND, () -> "slow: " + table);
            alice.talk();
            bob.talk();
            net.runFor(Duration.ofSeconds(1));
            assertTrue(alice.media.size() > 40 && bob.media.size() > 40, () -> "media " + alice.media.size() + " " + bob.media.size());
            boolean relayed = alice.agent.path(1).orElseThrow().relayed() || bob.agent.path(1).orElseThrow().relayed();
            assertEquals(impossible(caller, callee), relayed, "a relay if and only if there is no other way: " + table);
        }
    }

    /** A symmetric NAT's port is unknown to the other side, which lets only a known port in. */
    private static boolean impossible(NatType one, NatType other) {
        return one == NatType.SYMMETRIC && (other == NatType.SYMMETRIC || other == NatType.PORT_RESTRICTED)
            || other == NatType.SYMMETRIC && one == NatType.PORT_RESTRICTED;
    }
}
