package io.earshot.transport.tunnel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.10", 30_000);

    private static Ends up(boolean sealed) {
        Ends ends = new Ends(Ends.KEY, sealed);
        ends.client.start();
        ends.run(200);
        assertTrue(ends.client.isUp(), "not up: " + ends.seen);
        return ends;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void datagramsGoBothWaysFromASocketAtTheGateway(boolean sealed) {
        Ends ends = up(sealed);
        int sip = ends.client.openSignalling();
        int rtp = ends.client.openMedia();
        ends.run(100);
        assertEquals(new InetSocketAddress(Ends.GATEWAY, 40_000), ends.address(sip).orElseThrow());
        assertEquals(40_002, ends.address(rtp).orElseThrow().getPort());
        assertEquals(40_003, ends.address(rtp + 1).orElseThrow().getPort());
        assertTrue(ends.send(sip, Ends.SERVER, "REGISTER"));
        assertTrue(ends.send(rtp + 1, PEER, "rtcp"));
        ends.run(50);
        assertEquals(List.of("40000>192.0.2.10:5060 REGISTER", "40003>192.0.2.10:30000 rtcp"), ends.sentOut);
        ends.fromWorld(40_000, Ends.SERVER, "200 OK");
        ends.fromWorld(40_002, PEER, "audio");
        ends.run(50);
        assertEquals(List.of(sip + "<5060 200 OK", rtp + "<30000 audio"), ends.arrived);
        assertEquals(0, ends.gateway.counters().malformed());
    }

    @Test
    void whatIsSealedCannotBeReadOnTheWay() {
        Ends ends = up(true);
        int sip = ends.client.openSignalling();
        ends.run(100);
        ends.send(sip, Ends.SERVER, "INVITE sip:bob@example.com");
        ends.run(100);
        assertEquals(1, ends.sentOut.size());
        for (byte[] bytes : ends.wire) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains("INVITE") || text.contains(Ends.KEY), text);
        }
    }

    @Test
    void aWrongKeyIsRefusedAndNotTriedOften() {
        Ends ends = new Ends("fedcba9876543210", false);
        ends.client.start();
        ends.run(10_000);
        assertFalse(ends.client.isUp());
        assertTrue(ends.seen.stream().anyMatch(one -> one instanceof ClientOutput.Denied denied
            && denied.reason().contains("does not accept this user and key")), ends.seen.toString());
        assertEquals(1, ends.connects());
        assertEquals(1, ends.gateway.counters().refusedLogins());
    }

    @Test
    void aCallGoesOnWhenTheConnectionBreaks() {
        Ends ends = up(false);
        int rtp = ends.client.openMedia();
        ends.run(100);
        ends.breakLine();
        ends.run(200);
        assertTrue(ends.client.isUp());
        assertEquals(1, ends.gateway.counters().resumed());
        assertTrue(ends.send(rtp, PEER, "again"));
        ends.run(50);
        assertEquals(List.of("40000>192.0.2.10:30000 again"), ends.sentOut);
    }

    @Test
    void aCallGoesOnWhenTheGatewayIsStartedAnewForThePortsAreAskedForAgain() {
        Ends ends = up(true);
        int sip = ends.client.openSignalling();
        int rtp = ends.client.openMedia();
        ends.run(100);
        InetSocketAddress before = ends.address(rtp).orElseThrow();
        ends.unreachable = true;
        ends.breakLine();
        ends.run(1_000);
        assertFalse(ends.client.isUp());
        ends.restart();
        ends.unreachable = false;
        long from = ends.now;
        while (!ends.client.isUp() && ends.now - from < 5 * Ticker.SECOND) {
            ends.run(5);
        }
        ends.run(60);
        assertTrue(ends.now - from < 400 * Ticker.MILLISECOND, "took " + (ends.now - from) / Ticker.MILLISECOND + " ms");
        assertEquals(before, ends.address(rtp).orElseThrow());
        assertEquals(40_000, ends.address(sip).orElseThrow().getPort());
        ends.fromWorld(before.getPort(), PEER, "still here");
        ends.run(50);
        assertEquals(List.of(rtp + "<30000 still here"), ends.arrived);
    }

    @Test
    void aSilentConnectionIsReplacedWithinTwoSecondsWhileThereIsAudio() {
        Ends ends = up(false);
        int rtp = ends.client.openMedia();
        ends.run(100);
        for (int i = 0; i < 50; i++) {
            ends.send(rtp, PEER, "a" + i);
            ends.run(20);
        }
        ends.silent = true;
        int before = ends.connects();
        long from = ends.now;
        while (ends.connects() == before && ends.now - from < 5 * Ticker.SECOND) {
            ends.send(rtp, PEER, "lost");
            ends.run(20);
        }
        assertTrue(ends.now - from < 2 * Ticker.SECOND, "took " + (ends.now - from) / Ticker.MILLISECOND + " ms");
        ends.silent = false;
        ends.run(200);
        assertTrue(ends.client.isUp());
    }

    @Test
    void audioThatWouldBeLateIsDroppedAndSignallingIsNot() {
        Ends ends = up(false);
        int sip = ends.client.openSignalling();
        int rtp = ends.client.openMedia();
        ends.run(100);
        for (int i = 0; i < 20; i++) {
            ends.send(rtp, PEER, "early");
            ends.run(20);
        }
        ends.delay = 500 * Ticker.MILLISECOND; // a queue somewhere on the way has filled up
        for (int i = 0; i < 50; i++) {
            ends.send(rtp, PEER, "stalled");
            ends.run(20);
        }
        ends.send(sip, Ends.SERVER, "BYE");
        long held = ends.client.late();
        assertTrue(held > 10, "held back " + held);
        ends.run(2_500);
        assertTrue(ends.sentOut.contains("40000>192.0.2.10:5060 BYE"), ends.sentOut.toString());
    }

    @Test
    void nothingGoesWhereItIsNotAllowed() {
        Ends ends = up(false);
        int sip = ends.client.openSignalling();
        int rtp = ends.client.openMedia();
        ends.run(100);
        ends.send(sip, new InetSocketAddress("192.0.2.10", 22), "ssh");
        ends.send(sip, new InetSocketAddress("192.0.2.11", 5060), "other");
        ends.send(rtp, new InetSocketAddress("127.0.0.1", 5000), "own");
        ends.send(rtp, new InetSocketAddress("224.0.0.1", 5000), "group");
        ends.run(100);
        assertEquals(List.of(), ends.sentOut);
        assertEquals(4, ends.gateway.counters().forbidden());
        ends.fromWorld(40_000, new InetSocketAddress("192.0.2.99", 5060), "INVITE");
        ends.run(100);
        assertEquals(List.of(), ends.arrived);
        assertEquals(5, ends.gateway.counters().forbidden());
    }

    @Test
    void aSessionThatNobodyComesBackToGivesItsPortsBack() {
        Ends ends = up(false);
        ends.client.openMedia();
        ends.run(100);
        assertEquals(2, ends.bound.size());
        ends.unreachable = true;
        ends.breakLine();
        ends.run(29_000);
        assertEquals(2, ends.bound.size());
        ends.run(2_000);
        assertEquals(0, ends.bound.size());
        assertEquals(0, ends.gateway.counters().sessions());
    }

    @Test
    void channelsBeyondTheLimitAreRefused() {
        Ends ends = up(false);
        for (int i = 0; i < 5; i++) {
            ends.client.openMedia();
        }
        ends.run(100);
        assertEquals(1, ends.seen.stream().filter(one -> one instanceof ClientOutput.Gone gone
            && gone.reason().contains("limit")).count());
        assertEquals(4, ends.gateway.counters().channels());
    }

    @Test
    void whatIsForAChannelThatIsGoneIsNotTaken() {
        Ends ends = up(false);
        int rtp = ends.client.openMedia();
        ends.run(100);
        ends.client.close(rtp);
        assertFalse(ends.send(rtp, PEER, "late"));
    }

    @Test
    void aUserWhoFloodsIsThrottled() {
        Ends ends = up(false);
        int rtp = ends.client.openMedia();
        ends.run(100);
        for (int i = 0; i < 300; i++) {
            ends.send(rtp, PEER, "x".repeat(1_000));
            ends.run(5);
        }
        assertTrue(ends.gateway.counters().throttled() > 20, ends.gateway.counters().toString());
        assertTrue(ends.sentOut.size() < 280, "passed " + ends.sentOut.size());
    }

    @Test
    void whoGuessesKeysIsLeftOutForAWhile() {
        Ends ends = new Ends("fedcba9876543210", false);
        for (int i = 0; i < 10; i++) {
            ends.gateway.failed(Ends.CLIENT, "alice", ends.now);
        }
        assertTrue(ends.gateway.link(Ends.CLIENT, ends.now).isEmpty());
        assertTrue(ends.gateway.link(Ends.CLIENT, ends.now + 61 * Ticker.SECOND).isPresent());
    }

    @Test
    void aSecondClientOfTheSameUserHasASessionOfItsOwn() {
        Ends ends = up(false);
        Ends other = new Ends(Ends.KEY, false);
        other.gateway = ends.gateway;
        other.client.start();
        other.run(200);
        assertTrue(other.client.isUp());
        assertEquals(2, ends.gateway.counters().sessions());
    }
}
