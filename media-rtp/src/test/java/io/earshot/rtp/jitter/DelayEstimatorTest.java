package io.earshot.rtp.jitter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class DelayEstimatorTest {
    private static final long MS = Ticker.MILLISECOND;
    private final DelayEstimator estimator = new DelayEstimator(JitterConfig.DEFAULT);
    private long now;

    /** Packets every 20 ms, each late by what the source of lateness says, in milliseconds. */
    private void run(int seconds, LongSupplier lateness) {
        for (int i = 0; i < seconds * 50; i++) {
            now += 20 * MS;
            estimator.add(5_000 * MS + lateness.getAsLong() * MS, 0, now);
        }
    }

    @Test void startsAtTheInitialTarget() {
        assertEquals(40 * MS, estimator.target());
    }

    @Test void aSteadyNetworkNeedsTheMinimum() {
        run(5, () -> 0);
        assertEquals(20 * MS, estimator.target());
        assertEquals(5_000 * MS, estimator.base());
    }

    @Test void theTargetCoversNearlyAllOfTheVariation() {
        SplittableRandom random = new SplittableRandom(1);
        run(20, () -> random.nextLong(100));
        assertTrue(estimator.target() >= 95 * MS && estimator.target() <= 110 * MS, "target " + estimator.target() / MS);
    }

    @Test void oneStallInAWhileIsNotPaidForWithDelay() {
        run(10, () -> 0);
        for (int i = 25; i >= 0; i--) {
            estimator.add(5_000 * MS + i * 20 * MS, 0, now + 1); // a burst, half a second late
        }
        now += 20 * MS;
        run(1, () -> 0);
        assertEquals(20 * MS, estimator.target());
    }

    @Test void regularBurstsAreCovered() {
        run(10, () -> now / (20 * MS) % 5 * 20);
        assertTrue(estimator.target() >= 80 * MS, "target " + estimator.target() / MS);
    }

    @Test void theBaseFollowsARouteChangeWithinTwelveSeconds() {
        run(10, () -> 0);
        run(1, () -> 200);
        assertEquals(5_000 * MS, estimator.base());
        assertTrue(estimator.target() >= 200 * MS);
        run(11, () -> 200);
        assertEquals(5_200 * MS, estimator.base());
        run(1, () -> 50);
        assertEquals(5_050 * MS, estimator.base());
        run(30, () -> 50);
        assertEquals(20 * MS, estimator.target());
    }

    @Test void staysWithinItsBounds() {
        DelayEstimator bounded = new DelayEstimator(JitterConfig.DEFAULT.withDelays(30 * MS, 60 * MS));
        for (int i = 0; i < 500; i++) {
            bounded.add(i % 2 * 300 * MS, 0, i * 20 * MS);
        }
        assertEquals(60 * MS, bounded.target());
    }
}
