package io.earshot.transport.tunnel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP connections to servers. */
class StreamsTest {
    private static Ends up(boolean sealed) {
        Ends ends = new Ends(Ends.KEY, sealed);
        ends.client.start();
        ends.run(200);
        assertTrue(ends.client.isUp());
        return ends;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int open(Ends ends) {
        int channel = ends.client.connect(Ends.SERVER);
        ends.run(100);
        ends.tcp.get(0).receiver.opened(new InetSocketAddress(Ends.GATEWAY, 50_000));
        ends.run(100);
        assertEquals(50_000, ends.address(channel).orElseThrow().getPort());
        return channel;
    }

    private static boolean gone(Ends ends, int channel) {
        return ends.seen.stream().anyMatch(one -> one instanceof ClientOutput.Gone gone && gone.channel() == channel);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesGoBothWaysInOrder(boolean sealed) {
        Ends ends = up(sealed);
        int channel = open(ends);
        String large = "INVITE " + "x".repeat(30_000);
        assertTrue(ends.client.stream(channel, text(large)));
        assertTrue(ends.client.stream(channel, text("ACK")));
        ends.run(200);
        assertEquals(large + "ACK", ends.tcp.get(0).taken.toString());
        ends.tcp.get(0).receiver.received(text("200 " + "y".repeat(30_000)));
        ends.tcp.get(0).receiver.received(text("BYE"));
        ends.tcp.get(0).receiver.closed();
        ends.run(200);
        assertEquals("200 " + "y".repeat(30_000) + "BYE", ends.streamed.toString(), "all of it before the end");
        assertTrue(gone(ends, channel));
        assertEquals(0, ends.gateway.counters().channels());
    }

    @Test
    void whatWasSentIsSentBeforeTheEnd() {
        Ends ends = up(false);
        int channel = open(ends);
        ends.client.stream(channel, text("BYE"));
        ends.client.close(channel);
        ends.run(100);
        assertEquals("BYE", ends.tcp.get(0).taken.toString());
        assertTrue(ends.tcp.get(0).closed);
    }

    @Test
    void aStreamGoesWithTheConnectionThatMayHaveLostAPartOfIt() {
        Ends ends = up(false);
        int sip = ends.client.openSignalling();
        int channel = open(ends);
        ends.breakLine();
        ends.run(200);
        assertTrue(ends.client.isUp());
        assertTrue(gone(ends, channel));
        assertTrue(ends.tcp.get(0).closed);
        assertFalse(ends.client.stream(channel, text("late")));
        assertFalse(gone(ends, sip));
        int next = ends.client.connect(Ends.SERVER);
        ends.run(100);
        assertEquals(2, ends.tcp.size());
        ends.tcp.get(1).receiver.opened(new InetSocketAddress(Ends.GATEWAY, 50_001));
        ends.run(100);
        assertTrue(ends.client.stream(next, text("REGISTER")));
    }

    @Test
    void whileTheGatewayIsNotReachedThereIsNone() {
        Ends ends = new Ends(Ends.KEY, false);
        ends.unreachable = true;
        ends.client.start();
        int channel = ends.client.connect(Ends.SERVER);
        ends.run(10);
        assertTrue(gone(ends, channel));
    }

    @Test
    void nothingIsConnectedThatIsNotListed() {
        Ends ends = up(false);
        List<InetSocketAddress> others = List.of(new InetSocketAddress("192.0.2.10", 22), new InetSocketAddress("127.0.0.1", 5060),
            new InetSocketAddress("192.0.2.11", 5060));
        for (InetSocketAddress peer : others) {
            int channel = ends.client.connect(peer);
            ends.run(100);
            assertTrue(gone(ends, channel));
        }
        assertEquals(0, ends.tcp.size());
        assertEquals(3, ends.gateway.counters().forbidden());
    }

    @Test
    void theyCountAsChannels() {
        Ends ends = up(false);
        for (int i = 0; i < 6; i++) {
            ends.client.connect(Ends.SERVER);
        }
        ends.run(100);
        assertEquals(4, ends.tcp.size());
        assertEquals(4, ends.gateway.counters().channels());
        assertEquals(2, ends.gateway.counters().refusedLimits());
    }

    @Test
    void aServerThatTakesNothingLosesTheConnection() {
        Ends ends = up(false);
        int channel = open(ends);
        ends.tcp.get(0).full = true;
        ends.client.stream(channel, text("INVITE"));
        ends.run(100);
        assertTrue(gone(ends, channel) && ends.tcp.get(0).closed);
    }

    @Test
    void aServerThatFloodsAClientThatTakesNothingLosesTheConnection() {
        Ends ends = up(false);
        open(ends);
        for (int i = 0; i < 1_000 && !ends.tcp.get(0).closed; i++) {
            ends.tcp.get(0).receiver.received(text("x".repeat(10_000)));
        }
        assertTrue(ends.tcp.get(0).closed);
        assertTrue(ends.gateway.counters().overflowed() > 0);
        ends.run(2_000);
        assertTrue(ends.client.isUp());
    }
}
