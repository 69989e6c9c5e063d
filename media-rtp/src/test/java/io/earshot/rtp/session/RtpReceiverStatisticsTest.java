package io.earshot.rtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
class RtpReceiverStatisticsTest {
    private final RtpReceiverStatistics statistics = new RtpReceiverStatistics(1);

    private void receive(int... sequences) {
        for (int sequence : sequences) {
            statistics.update(sequence);
        }
    }

    @Test void aSourceProvesItselfByTwoPacketsInSequence() {
        RtpReceiverStatistics careful = new RtpReceiverStatistics(2);
        assertEquals(Arrival.PROBATION, careful.update(10));
        assertEquals(Arrival.PROBATION, careful.update(20));
        assertFalse(careful.isValid());
        assertEquals(0, careful.expected());
        assertEquals(Arrival.IN_ORDER, careful.update(21));
        assertTrue(careful.isValid());
        assertEquals(1, careful.received());
        assertEquals(1, careful.expected());
    }

    @Test void countsAcrossTheWrap() {
        receive(65_534, 65_535, 0, 1);
        assertEquals(4, statistics.received());
        assertEquals(4, statistics.expected());
        assertEquals(0x1_0001, statistics.highestSequence());
    }

    @Test void tellsLossReorderingAndDuplicatesApart() {
        receive(1, 2, 5);
        assertEquals(2, statistics.lost());
        assertEquals(Arrival.REORDERED, statistics.update(3));
        assertEquals(Arrival.DUPLICATE, statistics.update(3));
        assertEquals(Arrival.DUPLICATE, statistics.update(5));
        assertEquals(1, statistics.reordered());
        assertEquals(2, statistics.duplicates());
        assertEquals(-1, statistics.lost());
    }

    @Test void theHistoryAgreesWithASet() {
        SplittableRandom random = new SplittableRandom(8);
        Set<Integer> seen = new HashSet<>();
        int highest = 1000;
        receive(highest);
        seen.add(highest);
        for (int i = 0; i < 20_000; i++) {
            int sequence = highest + random.nextInt(-99, random.nextInt(20) == 0 ? 150 : 5);
            Arrival arrival = statistics.update(sequence & 0xFFFF);
            assertEquals(!seen.add(sequence), arrival == Arrival.DUPLICATE, "packet " + i);
            highest = Math.max(highest, sequence);
        }
    }

    @Test void takesTheFractionLostOfEachInterval() {
        receive(0, 1, 2, 3);
        assertEquals(0, statistics.takeFractionLost());
        receive(6, 7); // 4 and 5 are missing: 2 of 4
        assertEquals(128, statistics.takeFractionLost());
        receive(8);
        assertEquals(0, statistics.takeFractionLost());
        receive(8, 8, 8);
        assertEquals(0, statistics.takeFractionLost());
    }

    @Test void aJumpIsBelievedWhenTheNextPacketFollowsIt() {
        receive(1, 2, 3);
        assertEquals(Arrival.BAD_SEQUENCE, statistics.update(30_000));
        assertEquals(Arrival.IN_ORDER, statistics.update(4));
        assertEquals(Arrival.BAD_SEQUENCE, statistics.update(30_001));
        assertEquals(Arrival.RESTARTED, statistics.update(30_002));
        assertEquals(1, statistics.expected());
        assertEquals(Arrival.BAD_SEQUENCE, statistics.update(29_000));
    }

    /** RFC 3550 A.8: the estimate gains 1/16 of each difference. */
    @Test void estimatesJitter() {
        statistics.updateJitter(0, 8000, 0);
        assertEquals(0, statistics.jitter());
        statistics.updateJitter(160, 8000, 40 * Ticker.MILLISECOND); // 20 ms late: 160 ticks
        assertEquals(10, statistics.jitter());
        for (int i = 2; i < 500; i++) {
            statistics.updateJitter(160 * i, 8000, (20L * i + i % 2 * 10) * Ticker.MILLISECOND);
        }
        assertEquals(10.0, statistics.jitterNanos() / 1e6, 0.2);
    }

    @Test void aTimestampJumpOrAnotherClockRateIsNoJitter() {
        statistics.updateJitter(0, 8000, 0);
        statistics.updateJitter(1_000_000, 8000, 20 * Ticker.MILLISECOND);
        statistics.updateJitter(5, 48_000, 40 * Ticker.MILLISECOND);
        assertEquals(0, statistics.jitter());
    }
}
