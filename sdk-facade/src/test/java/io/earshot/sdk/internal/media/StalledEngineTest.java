package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallQuality;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Both ends of a call on a machine that is overloaded: their loops stand still, on virtual time. */
class StalledEngineTest {
    private final MediaPair pair;

    StalledEngineTest() throws IOException {
        pair = new MediaPair();
    }

    /** The left end stands still at some times, the right one at others. */
    private void run(int seconds, LongPredicate left, LongPredicate right) {
        pair.run(seconds * 1000, left, right);
    }

    private static LongPredicate eachSecond(int fromMillis, int millis) {
        return at -> at >= 5 * Ticker.SECOND && at < 15 * Ticker.SECOND
                && (at / Ticker.MILLISECOND + 1000 - fromMillis) % 1000 < millis;
    }

    @Test
    void theDelayComesBackAndTheSoundGoesOn() {
        run(20, eachSecond(0, 300), eachSecond(600, 200));
        for (CallQuality quality : new CallQuality[] {pair.left.quality(), pair.right.quality()}) {
            assertEquals(0, quality.packetsLost());
            assertTrue(quality.bufferDelay().toMillis() <= 60, () -> "buffer " + quality);
            assertTrue(quality.mos() > 2, () -> "quality " + quality);
        }
        assertEquals(880, pair.left.hears(), 3);
        assertEquals(440, pair.right.hears(), 3);
    }

    @Test
    void whatWasNotPlayedInTimeIsToldBesideWhatWasLost() {
        run(20, eachSecond(0, 500), at -> false);
        CallQuality quality = pair.left.quality();
        assertEquals(0, quality.packetsLost());
        assertTrue(quality.heard().discarded() > 100, () -> quality.toString());
        assertEquals(100.0 * quality.heard().discarded() / quality.packetsReceived(), quality.heard().discardPercent(), 1);
        assertTrue(quality.bufferDelay().toMillis() <= 60, () -> "buffer " + quality);
        assertEquals(0, pair.right.quality().heard().discarded(), "the timestamps of who stood still went on");
        assertTrue(pair.right.quality().bufferDelay().toMillis() <= 60, () -> "buffer " + pair.right.quality());
    }

    /** While an end stands still nothing is sent; its timestamps go on with its clock. */
    @Test
    void theTimestampsOfWhoStoodStillDoNotLag() {
        run(5, at -> false, at -> false);
        long before = pair.rightTimestamp();
        run(10, at -> false, eachSecond(0, 400));
        assertEquals(10 * 8000, (int) (pair.rightTimestamp() - before), 400);
    }
}
