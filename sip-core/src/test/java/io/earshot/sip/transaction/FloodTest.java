package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.transaction.TransactionLayer.Output;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many transactions at once, and hostile ones: no more work for each than for a few. */
@Tag("rfc3261")
class FloodTest {
    private static final int MANY = 20_000;
    private static final TransactionLimits WIDE = new TransactionLimits(2 * MANY, 0, MANY, MANY, 10, 1, true);

    @Test
    @Timeout(20) // linear work takes a fraction of a second
    void branchesWithEqualHashCodesCostNoMore() {
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, WIDE, IdSource.seeded(1));
        assertEquals(colliding(1).hashCode(), colliding(12_345).hashCode());
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < MANY; i++) {
                layer.onMessage(options("z9hG4bK" + colliding(i), colliding(i)), LayerScript.UDP, false, 0);
            }
        }
        assertEquals(MANY, layer.size());
    }

    @Test
    @Timeout(20)
    void fortyThousandTransactionsLiveAndEnd() {
        int count = 40_000;
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, TransactionLimits.DEFAULT, IdSource.seeded(1));
        Request request = Messages.request("INVITE");
        for (int i = 0; i < count; i++) {
            layer.send(request, LayerScript.UDP_HOP, i * 1_000L);
        }
        int sent = 0;
        int failed = 0;
        long now = 0;
        for (long deadline = 0; deadline != Long.MAX_VALUE; ) {
            layer.onTime(now);
            Output next = layer.poll();
            for (; !(next instanceof Output.Wait); next = layer.poll()) {
                sent += next instanceof Output.Transmit ? 1 : 0;
                failed += next instanceof Output.Failed ? 1 : 0;
            }
            deadline = ((Output.Wait) next).deadline();
            assertTrue(deadline > now);
            now = Math.max(deadline, now + 10_000_000); // a loop that turns every 10 ms
        }
        assertEquals(7 * count, sent);
        assertEquals(count, failed);
        assertEquals(0, layer.size());
    }

    @Test
    void aFloodOfOneSecondLeavesRoomAfterwards() {
        TransactionLimits narrow = new TransactionLimits(1_000, 100, 9, 9, 50, 1, true);
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, narrow, IdSource.seeded(1));
        int[] seen = flood(layer, false);
        assertEquals(900, seen[0]);
        assertEquals(50, seen[1]);
        assertEquals(900, layer.size());
        assertEquals(5_000 - 950, layer.counters().dropped());
        layer.onTime(Ticker.SECOND + Timers.DEFAULT.f());
        assertEquals(0, layer.size());
        assertEquals(0, layer.indexSize());
    }

    @Test
    void whatIsAnsweredDoesNotStandInTheWayOfOthersAndTheOldestIsForgottenFirst() {
        TransactionLimits limits = new TransactionLimits(10, 0, 9, 300, 50, 1, true);
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, limits, IdSource.seeded(1));
        int[] seen = flood(layer, true);
        assertEquals(5_000, seen[0], "each was answered at once, so none had to be refused");
        assertEquals(0, seen[1]);
        assertEquals(300, layer.size());
        assertEquals(4_700, layer.counters().forgotten());
        layer.onMessage(options("z9hG4bK-4999", "c4999"), LayerScript.UDP, false, Ticker.SECOND);
        assertTrue(layer.poll() instanceof Output.Transmit out && ((Response) out.message()).status() == 200, "a repetition is absorbed");
        layer.onMessage(options("z9hG4bK-1", "c1"), LayerScript.UDP, false, Ticker.SECOND);
        assertTrue(layer.poll() instanceof Output.RequestReceived, "one that was forgotten is new again");
        layer.onTime(Ticker.SECOND + Timers.DEFAULT.f());
        assertEquals(0, layer.size());
        assertEquals(0, layer.indexSize());
    }

    @Test
    void rejectedInvitesThatNobodyAcknowledgesAreNoWorkAndTheOldestAreRepeatedNoMore() {
        TransactionLimits narrow = new TransactionLimits(10, 0, 100, 2_000, 50, 1, true);
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, narrow, IdSource.seeded(1));
        int[] seen = flood(layer, "INVITE", 486);
        assertEquals(5_000, seen[0], "each was rejected at once, so none had to be refused");
        assertEquals(2_100, layer.size());
        assertEquals(4_900, layer.counters().hushed());
        assertEquals(2_900, layer.counters().forgotten());
        layer.onMessage(request("INVITE", "z9hG4bK-3000", "c3000"), LayerScript.UDP, false, Ticker.SECOND);
        assertTrue(layer.poll() instanceof Output.Transmit out && ((Response) out.message()).status() == 486, "a repetition is absorbed");
        int repeated = 0;
        for (long now = Ticker.SECOND; now <= 34 * Ticker.SECOND; now += 100 * Ticker.MILLISECOND) {
            layer.onTime(now);
            for (Output next = layer.poll(); !(next instanceof Output.Wait); next = layer.poll()) {
                repeated += next instanceof Output.Transmit ? 1 : 0;
            }
        }
        assertEquals(10 * 100, repeated, "the last hundred are repeated as timer G wants it, and nothing else is");
        assertEquals(0, layer.size());
        assertEquals(0, layer.indexSize());
    }

    /** 5,000 requests in a second; returns how many came up and how many were refused. */
    private static int[] flood(TransactionLayer layer, boolean answer) {
        return flood(layer, "OPTIONS", answer ? 200 : 0);
    }

    private static int[] flood(TransactionLayer layer, String method, int answer) {
        int[] seen = new int[2];
        long now = 0;
        for (int i = 0; i < 5_000; i++, now += Ticker.SECOND / 5_000) {
            layer.onMessage(request(method, "z9hG4bK-" + i, "c" + i), LayerScript.UDP, false, now);
            Output next = layer.poll();
            for (; !(next instanceof Output.Wait); next = layer.poll()) {
                if (next instanceof Output.RequestReceived in) {
                    seen[0]++;
                    if (answer > 0) {
                        layer.respond(in.id(), Messages.response(in.request(), answer), now);
                    }
                } else if (next instanceof Output.Transmit out && ((Response) out.message()).status() == 503) {
                    seen[1]++;
                }
            }
        }
        return seen;
    }

    private static Request options(String branch, String callId) {
        return request("OPTIONS", branch, callId);
    }

    private static Request request(String method, String branch, String callId) {
        return (Request) Messages.parse(method + " sip:bob@example.net SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=" + branch
            + "\r\nFrom: <sip:alice@example.com>;tag=a1\r\nTo: <sip:bob@example.net>\r\nCall-ID: " + callId
            + "\r\nCSeq: 7 " + method + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
    }

    /** Texts of lower case letters and digits, one for each number, that all have the same hash code. */
    private static String colliding(int number) {
        StringBuilder out = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            out.append((number >> bit & 1) == 0 ? "an" : "c0");
        }
        return out.toString();
    }
}
