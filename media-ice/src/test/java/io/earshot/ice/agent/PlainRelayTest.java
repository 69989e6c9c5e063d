package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.ice.TestRelay;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.TransactionId;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relays only, and a peer that knows nothing of ICE. */
class PlainRelayTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(8656);
    private final TestRelay relay = new TestRelay(net.host("relay", "198.51.100.1"), "u", "p");
    private final IceConfig config = IceConfig.defaults().withTurn(TurnConfig.udp(relay.address(), "u", "p"));
    private final List<byte[]> heard = new ArrayList<>();
    private final Set<InetSocketAddress> sources = new HashSet<>();

    private IcePeer caller(IceConfig.Policy policy) {
        VirtualHost host = net.hostBehind(net.nat("n", "203.0.113.1", NatType.SYMMETRIC), "caller", "10.0.0.2");
        IcePeer made = new IcePeer(net, host, config.withPolicy(policy), true);
        made.gather();
        net.runFor(Duration.ofSeconds(1));
        return made;
    }

    private VirtualSocket phone(int port) throws IOException {
        VirtualHost host = net.host("phone" + port, "203.0.113.77");
        return host.open(host.address(port), (source, data) -> {
            heard.add(data);
            sources.add(source);
        });
    }

    @Test
    @Tag("rfc8656")
    void mediaTakesTheRelayBothWaysAndThePeerNeverLearnsWhereWeAre() throws IOException {
        IcePeer caller = caller(IceConfig.Policy.RELAY_ONLY);
        InetSocketAddress told = caller.agent.local().defaultFor(1).orElseThrow().address();
        assertEquals("198.51.100.1", told.getAddress().getHostAddress());
        VirtualSocket phone = phone(4000);
        assertTrue(caller.agent.relayTo(phone.localAddress(), net.now()));
        caller.talk();
        net.runFor(Duration.ofSeconds(2));
        assertTrue(heard.size() > 80, "heard " + heard.size());
        assertEquals(Set.of(told), sources);
        byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        phone.send(told, packet);
        net.runFor(Duration.ofSeconds(1));
        assertEquals(1, caller.media.size());
        assertEquals(172, caller.media.get(0).length);
        net.runFor(Duration.ofSeconds(700));
        phone.send(told, packet);
        net.runFor(Duration.ofSeconds(1));
        assertEquals(2, caller.media.size(), "allocation, permission and channel are kept");
        caller.agent.close(net.now());
        caller.drain();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(0, relay.live());
    }

    @Test
    void nobodyElseIsHeardAndAPeerAtAnotherPortIsFollowed() throws IOException {
        IcePeer caller = caller(IceConfig.Policy.RELAY_ONLY);
        InetSocketAddress told = caller.agent.local().defaultFor(1).orElseThrow().address();
        VirtualSocket phone = phone(4000);
        caller.agent.relayTo(new InetSocketAddress(phone.localAddress().getAddress(), 9), net.now());
        caller.drain();
        net.runFor(Duration.ofSeconds(1));
        net.host("stranger", "203.0.113.66").open(new InetSocketAddress("203.0.113.66", 5000), (source, data) -> { })
            .send(told, new byte[172]);
        byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        phone.send(told, packet);
        net.runFor(Duration.ofSeconds(1));
        assertEquals(1, caller.media.size());
        caller.agent.relayTo(phone.localAddress(), net.now());
        caller.talk();
        net.runFor(Duration.ofSeconds(1));
        assertFalse(heard.isEmpty());
    }

    /** A relay lets nobody through whom we have not permitted; one that does, or who writes in its name, is not believed. */
    @Test
    void whatComesInTheNameOfTheRelayFromWhomWeHaveNotPermittedIsCounted() throws IOException {
        IcePeer caller = caller(IceConfig.Policy.RELAY_ONLY);
        caller.agent.relayTo(phone(4000).localAddress(), net.now());
        caller.drain();
        net.runFor(Duration.ofSeconds(1));
        InetSocketAddress server = relay.address();
        byte[] data = StunBuilder.indication(Stun.DATA_METHOD, new TransactionId(1, 2)).xorAddress(Stun.XOR_PEER_ADDRESS,
            new InetSocketAddress("203.0.113.66", 5000)).bytes(Stun.DATA, new byte[172]).build();
        byte[] channel = {0x4F, 0, 0, 4, 1, 2, 3, 4};
        for (byte[] each : List.of(data, channel)) {
            caller.agent.received(caller.bases.get(0).address(), server, each, 0, each.length, net.now());
        }
        caller.drain();
        assertEquals(0, caller.media.size());
        assertEquals(2, caller.agent.counters().relayed());
        assertEquals(0, caller.agent.counters().malformed() + caller.agent.counters().unknownTransaction());
    }

    @Test
    void anotherAddressOfOursHasAnotherRelay() throws IOException {
        IcePeer caller = caller(IceConfig.Policy.RELAY_ONLY);
        VirtualSocket phone = phone(4000);
        caller.agent.relayTo(phone.localAddress(), net.now());
        caller.drain();
        InetSocketAddress first = caller.agent.local().defaultFor(1).orElseThrow().address();
        caller.bases.clear();
        caller.open(1);
        caller.agent.restart(caller.bases, net.now());
        caller.drain();
        net.runFor(Duration.ofSeconds(1));
        InetSocketAddress second = caller.agent.local().defaultFor(1).orElseThrow().address();
        assertFalse(first.equals(second));
        assertTrue(caller.agent.relayTo(phone.localAddress(), net.now()));
        caller.talk();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(Set.of(second), sources);
    }

    @Test
    void withoutThatPolicyNothingOfItIsDone() {
        IcePeer caller = caller(IceConfig.Policy.ALL);
        assertFalse(caller.agent.relayTo(new InetSocketAddress("203.0.113.77", 4000), net.now()));
    }

    @Test
    void aRelayThatIsGoneIsTold() {
        IcePeer caller = caller(IceConfig.Policy.RELAY_ONLY);
        caller.agent.relayTo(new InetSocketAddress("203.0.113.77", 4000), net.now());
        caller.drain();
        relay.silent = true;
        net.runFor(Duration.ofSeconds(1200));
        assertTrue(caller.told.stream().anyMatch(output -> output instanceof IceOutput.Changed changed
            && changed.state() == IceState.DISCONNECTED), caller.told.toString());
    }
}
