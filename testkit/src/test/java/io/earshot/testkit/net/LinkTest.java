package io.earshot.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final int PACKETS = 20_000;

    private static Link link(LinkConditions conditions) {
        return new Link(7, conditions);
    }

    @Test
    void losesTheShareAskedFor() {
        Link link = link(LinkConditions.PERFECT.withLoss(0.1));
        long lost = count(link);
        assertEquals(0.1, lost / (double) PACKETS, 0.01);
    }

    @Test
    void losesInBurstsOfTheMeanLengthAskedForAtTheSameShare() {
        Link link = link(LinkConditions.PERFECT.withBurstLoss(0.1, 5));
        int lost = 0;
        int bursts = 0;
        boolean before = false;
        for (int i = 0; i < PACKETS; i++) {
            boolean now = !link.datagram(100, i).lost().isEmpty();
            lost += now ? 1 : 0;
            bursts += now && !before ? 1 : 0;
            before = now;
        }
        assertEquals(0.1, lost / (double) PACKETS, 0.02);
        assertEquals(5, lost / (double) bursts, 0.5);
    }

    private static long count(Link link) {
        long lost = 0;
        for (int i = 0; i < PACKETS; i++) {
            lost += link.datagram(100, i).lost().equals("loss") ? 1 : 0;
        }
        return lost;
    }

    @Test
    void delaysAndJittersButKeepsTheOrder() {
        Link link = link(LinkConditions.PERFECT.withDelay(Duration.ofMillis(40)).withJitter(Duration.ofMillis(30)));
        long before = 0;
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long now = i * 5 * Ticker.MILLISECOND;
            long arrival = link.datagram(100, now).arrival();
            assertTrue(arrival >= before);
            before = arrival;
            delays.add((arrival - now) / Ticker.MILLISECOND);
        }
        assertTrue(delays.stream().allMatch(delay -> delay >= 40 && delay <= 70));
        assertTrue(delays.stream().anyMatch(delay -> delay < 50) && delays.stream().anyMatch(delay -> delay > 60));
    }

    @Test
    void holdsTheShareOfPacketsBackThatMayBeOvertaken() {
        Link link = link(LinkConditions.LAN.withReorder(0.25, Duration.ofMillis(50)));
        int late = 0;
        for (int i = 0; i < PACKETS; i++) {
            late += link.datagram(100, i).arrival() - i == 51 * Ticker.MILLISECOND ? 1 : 0;
        }
        assertEquals(0.25, late / (double) PACKETS, 0.01);
    }

    @Test
    void duplicatesTheShareAskedFor() {
        Link link = link(LinkConditions.LAN.withDuplicates(0.05));
        int twice = 0;
        for (int i = 0; i < PACKETS; i++) {
            twice += link.datagram(100, i).again() != Ticker.NEVER ? 1 : 0;
        }
        assertEquals(0.05, twice / (double) PACKETS, 0.005);
    }

    @Test
    void queuesAtItsRateAndDropsBeyondASecond() {
        Link link = link(LinkConditions.PERFECT.withRate(8_000)); // 1000 bytes per second
        assertEquals(Ticker.SECOND / 2, link.datagram(500, 0).arrival());
        assertEquals(Ticker.SECOND, link.datagram(500, 0).arrival());
        assertEquals("queue full", link.datagram(500, 0).lost());
        assertEquals(3 * Ticker.SECOND / 2, link.datagram(500, Ticker.SECOND).arrival());
    }

    @Test
    void dropsWhatExceedsTheMtu() {
        Link link = link(LinkConditions.PERFECT.withMtu(1_300));
        assertEquals("", link.datagram(1_300, 0).lost());
        assertEquals("larger than the MTU", link.datagram(1_301, 0).lost());
    }

    @Test
    void losesEverythingDuringABlackoutAndNothingAfter() {
        Link link = link(LinkConditions.PERFECT);
        link.blackout(10, 20);
        assertEquals("", link.datagram(1, 9).lost());
        assertEquals("blackout", link.datagram(1, 10).lost());
        assertEquals("blackout", link.datagram(1, 19).lost());
        assertEquals("", link.datagram(1, 20).lost());
        link.blackout(20, Ticker.NEVER);
        assertEquals("blackout", link.datagram(1, 1_000_000).lost());
        link.clear();
        assertEquals("", link.datagram(1, 1_000_000).lost());
    }

    @Test
    void changingOneConditionLeavesTheOtherChancesAsTheyWere() {
        Link plain = link(LinkConditions.PERFECT.withLoss(0.2));
        Link busy = link(LinkConditions.PERFECT.withLoss(0.2).withDuplicates(0.5).withJitter(Duration.ofMillis(9)));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(plain.datagram(1, i).lost(), busy.datagram(1, i).lost());
        }
    }

    @Test
    void refusesSharesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> LinkConditions.PERFECT.withLoss(1.1));
        assertThrows(IllegalArgumentException.class, () -> LinkConditions.PERFECT.withDuplicates(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> LinkConditions.PERFECT.withDelay(Duration.ofMillis(-1)));
    }
}
