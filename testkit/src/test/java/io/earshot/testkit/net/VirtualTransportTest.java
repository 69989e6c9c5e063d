package io.earshot.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.Addresses;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTransportTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(3);
    private final VirtualHost alice = net.host("alice", "10.0.0.1");
    private final VirtualHost bob = net.host("bob", "10.0.0.2");
    private final Recorder atAlice = new Recorder();
    private final Recorder atBob = new Recorder();

    private static SipTransport open(VirtualHost host, SipTransportProvider provider, Recorder recorder) throws IOException {
        return provider.open(TransportConfig.bind(new InetSocketAddress(5060)), host.loop(), recorder);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void settle() {
        net.runUntilIdle(net.now() + 600 * Ticker.SECOND);
    }

    @Test
    void carriesDatagramsBothWaysAndTellsTheLocalAddressTowardsAPeer() throws IOException {
        SipTransport one = open(alice, alice.udp(), atAlice);
        SipTransport other = open(bob, bob.udp(), atBob);
        assertEquals(alice.address(5060), one.localAddress(bob.address(5060)));
        one.send(bob.address(5060), "", utf8("ping"));
        settle();
        other.send(atBob.flows.get(0), utf8("pong"));
        settle();
        assertEquals("ping", atBob.text.toString());
        assertEquals("pong", atAlice.text.toString());
        assertEquals(1, one.counters().received());
        one.close();
        one.close();
        assertEquals(alice.address(5060), alice.open(alice.address(5060), (source, data) -> { }).localAddress());
    }

    @Test
    void reportsDatagramsThatCannotBe() throws IOException {
        SipTransport one = open(alice, alice.udp(), atAlice);
        one.send(bob.address(5060), "", ByteBuffer.allocate(65_508));
        assertEquals(List.of(), atAlice.failures);
        settle();
        assertEquals(1, atAlice.failures.size());
    }

    @Test
    void aStreamDeliversInOrderWhateverTheNetworkDoes() throws IOException {
        net.fragmentStreams(true).conditions(LinkConditions.LAN.withLoss(0.3).withJitter(Duration.ofMillis(50))
            .withReorder(0.3, Duration.ofMillis(80)).withDuplicates(0.3));
        SipTransport one = open(alice, alice.tcp(), atAlice);
        open(bob, bob.tcp(), atBob);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            one.send(bob.address(5060), "", utf8("<" + i + ">"));
            expected.append('<').append(i).append('>');
            net.runFor(Duration.ofMillis(3));
        }
        settle();
        assertEquals(expected.toString(), atBob.text.toString());
        assertTrue(atBob.pieces > 200, "cut into " + atBob.pieces);
        assertEquals(1, atBob.flows.stream().distinct().count());
        assertTrue(one.reliable() && !one.messageOriented());
    }

    @Test
    void aConnectionIsReusedByBothEnds() throws IOException {
        SipTransport one = open(alice, alice.tcp(), atAlice);
        SipTransport other = open(bob, bob.tcp(), atBob);
        one.send(bob.address(5060), "", utf8("ping"));
        settle();
        Flow flow = atBob.flows.get(0);
        assertEquals("TCP", flow.protocol());
        other.send(flow.remote(), "", utf8("pong"));
        settle();
        assertEquals("pong", atAlice.text.toString());
        assertEquals(bob.address(5060), atAlice.flows.get(0).remote());
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        SipTransport one = open(alice, alice.tcp(), atAlice);
        one.send(bob.address(5060), "", utf8("ping"));
        settle();
        assertEquals(List.of("TCP to 10.0.0.2 port 5060: connection refused"), atAlice.failures);
        one.send(new InetSocketAddress(Addresses.of("10.9.9.9"), 5060), "", utf8("ping"));
        settle();
        assertEquals("TCP to 10.9.9.9 port 5060: there is no route to it", atAlice.failures.get(1));
    }

    @Test
    void bothEndsHearOfAClose() throws IOException {
        SipTransport one = open(alice, alice.tcp(), atAlice);
        SipTransport other = open(bob, bob.tcp(), atBob);
        one.send(bob.address(5060), "", utf8("ping"));
        settle();
        one.close();
        settle();
        assertEquals(List.of("closed by the peer"), atBob.closes);
        assertEquals(List.of(), atAlice.closes);
        other.send(atBob.flows.get(0), utf8("too late"));
        settle();
        assertEquals(1, atBob.failures.size());
    }

    @Test
    void aResetEndsTheConnectionAtBothEnds() throws IOException {
        SipTransport one = open(alice, alice.tcp(), atAlice);
        open(bob, bob.tcp(), atBob);
        one.send(bob.address(5060), "", utf8("ping"));
        settle();
        bob.resetConnections();
        settle();
        assertEquals(List.of("the connection was reset"), atAlice.closes);
        assertEquals(List.of("the connection was reset"), atBob.closes);
        one.send(bob.address(5060), "", utf8("again"));
        settle();
        assertEquals("pingagain", atBob.text.toString());
    }

    @Test
    void aStreamOutlivesAShortBlackoutAndBreaksInALongOne() throws IOException {
        SipTransport one = open(alice, alice.tcp(), atAlice);
        open(bob, bob.tcp(), atBob);
        one.send(bob.address(5060), "", utf8("one "));
        settle();
        net.blackout(bob, net.now() + 20 * Ticker.SECOND);
        one.send(bob.address(5060), "", utf8("two "));
        settle();
        assertEquals("one two ", atBob.text.toString());
        net.blackout(bob, Ticker.NEVER);
        one.send(bob.address(5060), "", utf8("three"));
        settle();
        assertEquals(List.of("no answer for 120 seconds"), atAlice.closes);
    }

    @Test
    void aStreamCrossesANat() throws IOException {
        VirtualHost carol = net.hostBehind(net.nat("router", "203.0.113.1", NatType.SYMMETRIC), "carol", "192.168.1.2");
        Recorder atCarol = new Recorder();
        SipTransport inside = open(carol, carol.tcp(), atCarol);
        SipTransport outside = open(bob, bob.tcp(), atBob);
        inside.send(bob.address(5060), "", utf8("out"));
        settle();
        assertEquals("203.0.113.1", atBob.flows.get(0).remote().getAddress().getHostAddress());
        outside.send(atBob.flows.get(0), utf8("in"));
        settle();
        assertEquals("in", atCarol.text.toString());
    }

    @Test
    void carriesMediaWithoutCrowdingTheTranscript() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        MediaSocket one = alice.media().open(alice.address(0), 0, alice.loop(), (source, datagram) -> { });
        MediaSocket other = bob.media().open(bob.address(0), 0, bob.loop(), (source, datagram) -> sizes.add(datagram.remaining()));
        assertTrue(one.send(other.localAddress(), ByteBuffer.allocate(172)));
        settle();
        assertEquals(List.of(172), sizes);
        assertEquals("", net.transcript().toString());
        net.recordMedia(true);
        one.send(other.localAddress(), ByteBuffer.allocate(172));
        settle();
        net.transcript().assertContains("alice > bob media 172 bytes", "bob < alice media 172 bytes");
    }

    @Test
    void refusesALoopOfAnotherWorld() throws IOException {
        try (TestIoLoop real = new TestIoLoop()) {
            assertThrows(IllegalArgumentException.class,
                () -> alice.udp().open(TransportConfig.bind(alice.address(5060)), real, atAlice));
        }
        VirtualLoop foreign = VirtualNetwork.seeded(1).host("x", "10.0.0.1").loop();
        assertThrows(IllegalArgumentException.class,
            () -> alice.tcp().open(TransportConfig.bind(alice.address(5060)), foreign, atAlice));
    }

    private static final class Recorder implements SipTransportListener {
        private final List<Flow> flows = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final List<String> failures = new ArrayList<>();
        private final List<String> closes = new ArrayList<>();
        private int pieces;

        @Override
        public void received(Flow flow, ByteBuffer data) {
            flows.add(flow);
            text.append(StandardCharsets.UTF_8.decode(data));
            pieces++;
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            failures.add(reason);
        }

        @Override
        public void closed(Flow flow, String reason) {
            closes.add(reason);
        }
    }
}
