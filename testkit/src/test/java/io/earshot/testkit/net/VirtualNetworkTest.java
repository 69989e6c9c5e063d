package io.earshot.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.testkit.Addresses;
import io.earshot.testkit.StandstillError;
import io.earshot.testkit.Transcript;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(1);
    private final VirtualHost alice = net.host("alice", "10.0.0.1", "2001:db8::1");
    private final VirtualHost bob = net.host("bob", "10.0.0.2", "2001:db8::2");
    private final List<String> heard = new ArrayList<>();

    private VirtualSocket listen(VirtualHost host, int port) throws IOException {
        return host.open(new InetSocketAddress(port), (source, data) ->
            heard.add(net.now() / Ticker.MILLISECOND + " " + source.getAddress().getHostAddress() + ":" + source.getPort()
                + " " + new String(data, StandardCharsets.UTF_8)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void deliversAfterTheDelayWithTheSendersAddressOfTheSameFamily() throws IOException {
        net.conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(25)));
        listen(bob, 5060);
        VirtualSocket socket = listen(alice, 5062);
        socket.send(bob.address(5060), utf8("four"));
        socket.send(new InetSocketAddress(Addresses.of("2001:db8::2"), 5060), utf8("six"));
        assertEquals(25 * Ticker.MILLISECOND, net.nextEventTime());
        assertTrue(net.runUntilIdle(Ticker.SECOND));
        assertEquals(List.of("25 10.0.0.1:5062 four", "25 2001:db8:0:0:0:0:0:1:5062 six"), heard);
    }

    @Test
    void recordsWhatWasSentDeliveredAndDropped() throws IOException {
        listen(bob, 5060);
        VirtualSocket socket = listen(alice, 5060);
        socket.send(bob.address(5060), utf8("OPTIONS sip:bob@10.0.0.2 SIP/2.0\r\n\r\n"));
        socket.send(bob.address(5099), utf8("x"));
        socket.send(new InetSocketAddress(Addresses.of("10.9.9.9"), 5060), utf8("x"));
        net.link(alice, bob).conditions(LinkConditions.PERFECT.withLoss(1));
        socket.send(bob.address(5060), utf8("x"));
        net.runUntilIdle(Ticker.SECOND);
        assertEquals("""
            0.000000 alice > bob OPTIONS sip:bob@10.0.0.2
            0.000000 alice > bob 1 bytes
            0.000000 alice > 10.9.9.9 1 bytes
            0.000000 alice x 10.9.9.9 1 bytes (no such address)
            0.000000 alice > bob 1 bytes
            0.000000 alice x bob 1 bytes (loss)
            0.000000 bob < alice OPTIONS sip:bob@10.0.0.2
            0.000000 alice x bob 1 bytes (no socket on port 5099)
            """, net.transcript().toString());
    }

    @Test
    void doesTheSameForTheSameSeedAndNotForAnother() throws IOException {
        assertEquals(noisyRun(5).toString(), noisyRun(5).toString());
        assertFalse(noisyRun(5).toString().equals(noisyRun(6).toString()));
    }

    private static Transcript noisyRun(long seed) throws IOException {
        VirtualNetwork network = VirtualNetwork.seeded(seed).conditions(LinkConditions.LAN.withLoss(0.2).withDuplicates(0.2)
            .withReorder(0.2, Duration.ofMillis(30)).withJitter(Duration.ofMillis(10)));
        VirtualHost one = network.host("one", "10.0.0.1");
        VirtualHost two = network.host("two", "10.0.0.2");
        VirtualSocket[] echo = new VirtualSocket[1];
        echo[0] = two.open(two.address(7), (source, data) -> echo[0].send(source, data));
        VirtualSocket socket = one.open(one.address(0), (source, data) -> { });
        for (int i = 0; i < 100; i++) {
            socket.send(two.address(7), new byte[i + 1]);
            network.runFor(Duration.ofMillis(5));
        }
        network.runUntilIdle(10 * Ticker.SECOND);
        return network.transcript();
    }

    @Test
    void runsTasksAndTimersInOrderOfTimeAndThenOfAsking() {
        List<String> order = new ArrayList<>();
        alice.loop().at(20, () -> order.add("at 20"));
        alice.loop().at(10, () -> {
            order.add("at 10");
            alice.loop().execute(() -> order.add("task at " + net.now()));
            alice.loop().workers().execute(() -> order.add("worker at " + net.now()));
        });
        VirtualLoop.Timer cancelled = alice.loop().at(15, () -> order.add("never"));
        cancelled.cancel();
        net.runUntil(19);
        assertEquals(List.of("at 10", "task at 10", "worker at 10"), order);
        assertEquals(19, net.now());
        net.runUntil(20);
        assertEquals("at 20", order.get(3));
    }

    @Test
    void failsWhenTimeStandsStill() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> alice.loop().execute(again[0]);
        alice.loop().at(Ticker.SECOND, again[0]);
        StandstillError failure = assertThrows(StandstillError.class, () -> net.runUntilIdle(Ticker.NEVER));
        assertEquals("virtual time stands still at 1000000000 ns: 1000000 events happened at this instant, the last being a task of alice",
            failure.getMessage());
    }

    @Test
    void givesUpAtTheLimit() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> alice.loop().at(net.now() + Ticker.SECOND, again[0]);
        again[0].run();
        assertFalse(net.runUntilIdle(10 * Ticker.SECOND));
        assertEquals(10 * Ticker.SECOND, net.now());
        assertTrue(net.runUntil(() -> net.now() >= 12 * Ticker.SECOND, 20 * Ticker.SECOND));
    }

    @Test
    void cutsAHostOffForAWhile() throws IOException {
        listen(bob, 5060);
        VirtualSocket socket = listen(alice, 5060);
        net.blackout(bob, Ticker.SECOND);
        socket.send(bob.address(5060), utf8("lost"));
        net.runUntil(Ticker.SECOND);
        socket.send(bob.address(5060), utf8("back"));
        net.runUntilIdle(2 * Ticker.SECOND);
        assertEquals(List.of("1000 10.0.0.1:5060 back"), heard);
    }

    @Test
    void losesOnItsWayWhatGoesToAnAddressThatIsTakenAway() throws IOException {
        listen(bob, 5060);
        VirtualSocket socket = listen(alice, 5060);
        net.conditions(LinkConditions.LAN);
        socket.send(bob.address(5060), utf8("lost"));
        bob.removeAddress("10.0.0.2");
        net.runFor(Duration.ofSeconds(1));
        bob.addAddress("10.0.0.77");
        socket.send(new InetSocketAddress(Addresses.of("10.0.0.77"), 5060), utf8("moved"));
        net.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("1001 10.0.0.1:5060 moved"), heard);
    }

    @Test
    void keepsPortsApartAndExplainsAConflict() throws IOException {
        listen(alice, 5060);
        IOException failure = assertThrows(IOException.class, () -> alice.open(alice.address(5060), (source, data) -> { }));
        assertEquals("UDP port 5060 on 10.0.0.1 is in use by another program; choose another port or 0 for a free one",
            failure.getMessage());
        assertThrows(IOException.class, () -> alice.open(bob.address(5061), (source, data) -> { }));
        int one = alice.open(alice.address(0), (source, data) -> { }).localAddress().getPort();
        int other = alice.open(alice.address(0), (source, data) -> { }).localAddress().getPort();
        assertTrue(one >= 49_152 && one != other);
    }

    @Test
    void reachesItselfOverLoopback() throws IOException {
        listen(alice, 5060);
        listen(alice, 5061).send(new InetSocketAddress(Addresses.of("127.0.0.1"), 5060), utf8("self"));
        net.runUntilIdle(Ticker.SECOND);
        assertEquals(List.of("0 127.0.0.1:5061 self"), heard);
    }

    @Test
    void refusesNamesAndAddressesThatAreTakenOrNoAddress() {
        assertThrows(IllegalArgumentException.class, () -> net.host("alice", "10.0.0.9"));
        assertThrows(IllegalArgumentException.class, () -> net.host("carol", "10.0.0.1"));
        assertThrows(IllegalArgumentException.class, () -> net.host("dave", "example.com"));
    }

    @Test
    void givesEachNameItsOwnRepeatableIdentifiers() {
        assertEquals(VirtualNetwork.seeded(1).ids("alice").nextLong(), net.ids("alice").nextLong());
        assertFalse(net.ids("alice").nextLong() == net.ids("bob").nextLong());
        assertFalse(VirtualNetwork.seeded(2).ids("alice").nextLong() == net.ids("alice").nextLong());
    }
}
