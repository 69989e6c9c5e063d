package io.earshot.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
class RtcpSchedulerTest {
    private static RtcpScheduler call(long seed) {
        RtcpScheduler schedule = new RtcpScheduler(IdSource.seeded(seed), 64_000, false, 100, 0);
        schedule.group(2, 2, true, 0);
        return schedule;
    }

    private static List<Long> intervals(RtcpScheduler schedule, int count) {
        List<Long> out = new ArrayList<>();
        long last = -1;
        while (out.size() < count) {
            long now = schedule.deadline();
            if (schedule.expired(now)) {
                if (last >= 0) {
                    out.add(now - last);
                }
                last = now;
                schedule.sent(100);
            }
        }
        return out;
    }

    @Test void theFirstReportComesAfterHalfTheMinimum() {
        assertEquals(2_500 * Ticker.MILLISECOND, call(1).deterministicInterval());
    }

    @Test void intervalsOfACallAverageFiveSecondsAndVary() {
        List<Long> intervals = intervals(call(1), 4000);
        double mean = intervals.stream().mapToLong(Long::longValue).average().orElse(0) / Ticker.SECOND;
        // Reconsideration lengthens the average to just about what the compensation shortened it by.
        assertEquals(5.0, mean, 0.35);
        long shortest = intervals.stream().mapToLong(Long::longValue).min().orElse(0);
        long longest = intervals.stream().mapToLong(Long::longValue).max().orElse(0);
        assertTrue(shortest >= 2.5 / 1.21829 * Ticker.SECOND && shortest < 3 * Ticker.SECOND, "shortest " + shortest);
        assertTrue(longest <= 7.5 / 1.21828 * Ticker.SECOND && longest > 5.5 * Ticker.SECOND, "longest " + longest);
    }

    @Test void theReducedMinimumFollowsTheBandwidth() {
        RtcpScheduler schedule = new RtcpScheduler(IdSource.seeded(1), 360_000, true, 100, 0);
        schedule.group(2, 2, true, 0);
        intervals(schedule, 1);
        assertEquals(Ticker.SECOND, schedule.deterministicInterval());
    }

    @Test void largeGroupsShareTheirBandwidth() {
        RtcpScheduler schedule = call(2);
        intervals(schedule, 200); // the average size settles at 128 bytes with headers
        schedule.group(1000, 2, false, 0);
        // 998 receivers share 75 % of 5 % of 64 kbit/s, 300 bytes a second.
        assertEquals(998 * 128 / 300.0, schedule.deterministicInterval() / 1e9, 1);
    }

    @Test void aGrownGroupDelaysThePendingReport() {
        RtcpScheduler schedule = call(3);
        long first = schedule.deadline();
        schedule.group(5000, 2, false, 0);
        assertFalse(schedule.expired(first));
        assertTrue(schedule.deadline() > 100 * Ticker.SECOND);
    }

    @Test void aShrunkGroupBringsThePendingReportNearer() {
        RtcpScheduler schedule = call(3);
        schedule.group(1000, 2, true, 0);
        schedule.expired(schedule.deadline());
        long now = Ticker.SECOND;
        long before = schedule.deadline() - now;
        schedule.group(10, 2, true, now);
        assertTrue(schedule.deadline() - now <= before / 90, before + " became " + (schedule.deadline() - now));
    }

    @Test void aStalledLoopSendsOneReportNotMany() {
        RtcpScheduler schedule = call(4);
        long late = 1000 * Ticker.SECOND;
        assertTrue(schedule.expired(late));
        assertFalse(schedule.expired(late));
        assertTrue(schedule.deadline() > late + 2 * Ticker.SECOND);
    }

    @Test void nothingIsDueBeforeTheDeadline() {
        RtcpScheduler schedule = call(5);
        assertFalse(schedule.expired(schedule.deadline() - 1));
    }
}
