package io.earshot.rtp.jitter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the delay does over longer times: peaks that recur, clocks that differ. */
class DelayTrendsTest {
    private static final long MS = Ticker.MILLISECOND;
    private final DelayEstimator delay = new DelayEstimator(JitterConfig.DEFAULT);
    private final SplittableRandom random = new SplittableRandom(5);

    private void packets(long from, long to, double ppm, long peakEvery, long peak) {
        for (long now = from; now < to; now += 20 * MS) {
            long late = random.nextLong(8 * MS) + (peakEvery > 0 && now % peakEvery < 60 * MS ? peak : 0);
            delay.add(700 * MS + late + (long) (now * ppm * 1e-6), 0, now + late);
        }
    }

    @Test void peaksThatRecurAreWaitedFor() {
        packets(0, 10 * Ticker.SECOND, 0, 0, 0);
        assertTrue(delay.target() <= 24 * MS, "quiet network: " + delay.target() / MS);
        packets(10 * Ticker.SECOND, 30 * Ticker.SECOND, 0, 4 * Ticker.SECOND, 150 * MS);
        assertTrue(delay.target() >= 140 * MS, "target " + delay.target() / MS);
        packets(30 * Ticker.SECOND, 60 * Ticker.SECOND, 0, 0, 0);
        assertTrue(delay.target() <= 24 * MS, "forgotten: " + delay.target() / MS);
    }

    @Test void onePeakIsNot() {
        packets(0, 10 * Ticker.SECOND, 0, 0, 0);
        packets(10 * Ticker.SECOND, 10_060 * MS, 0, 10 * Ticker.SECOND, 150 * MS);
        packets(10_060 * MS, 20 * Ticker.SECOND, 0, 0, 0);
        assertTrue(delay.target() <= 24 * MS, "target " + delay.target() / MS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, -200, 40, 0})
    void theDriftOfTheSendersClockIsMeasured(double ppm) {
        packets(0, 600 * Ticker.SECOND, ppm, 0, 0);
        assertEquals(ppm, delay.driftPpm(), 15);
    }
}
