package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallQuality;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scenarios 14 and 15, the sound's part: one end of a call, or both, stand still for 200 ms to 60 s, as for a garbage collection or while a
 * machine sleeps; the monotonic clock goes on meanwhile. Wall clocks are in no part of this.
 */
class Scenario14And15Test {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final int BEFORE = 10_000;
    private final MediaPair pair;

    Scenario14And15Test() throws IOException {
        pair = new MediaPair();
    }

    private static LongPredicate stall(int millis) {
        return at -> at > BEFORE * Ticker.MILLISECOND && at <= (BEFORE + millis) * Ticker.MILLISECOND;
    }

    @ParameterizedTest
    @CsvSource({"200, false, 20", "200, true, 20", "2000, false, 60", "2000, true, 240", "10000, true, 240", "20000, false, 240",
        "60000, true, 240"})
    void theSoundIsBackWithinTwoSecondsAndNothingComesInABurst(int millis, boolean both, int mostConcealed) {
        pair.run(BEFORE);
        CallQuality before = pair.left.quality();
        pair.left.forget();
        pair.right.forget();
        pair.run(millis, stall(millis), both ? stall(millis) : at -> false);
        pair.run(100);
        int burst = Math.max(pair.left.mostAtOnce, pair.right.mostAtOnce);
        int reports = pair.left.reports;
        pair.run(1_900);
        CallQuality after = pair.left.quality();
        Duration concealed = after.concealed().minus(before.concealed());
        long discarded = after.heard().discarded() - before.heard().discarded();
        told("scenario %s, %s stand still for %d ms: %d ms concealed, %d packets discarded, at most %d packets sent at once, "
            + "%d reports, buffer 2 s later %d ms (before %d ms)", millis == 10_000 ? "14" : "15", both ? "both" : "we", millis,
            concealed.toMillis(), discarded, burst, reports, after.bufferDelay().toMillis(), before.bufferDelay().toMillis());
        assertTrue(concealed.toMillis() <= mostConcealed, () -> "concealed " + concealed);
        assertTrue(burst <= 4, () -> burst + " packets at once");
        assertTrue(reports <= 1 + millis / 2_500, () -> reports + " reports");
        assertTrue(after.bufferDelay().minus(before.bufferDelay()).toMillis() <= 20, () -> "buffer " + after.bufferDelay());
        assertEquals(880, pair.left.hears(), 3);
        assertEquals(440, pair.right.hears(), 3);
    }

    /** Another program takes the processor: we run for 40 ms, and stand still for 60 ms, for ten seconds. */
    @ParameterizedTest
    @CsvSource({"40, 60", "20, 180"})
    void aProcessorThatOthersUseTooCostsSoundOnlyWhileTheyDo(int runs, int stands) {
        LongPredicate hogged = at -> at > BEFORE * Ticker.MILLISECOND && at <= 2L * BEFORE * Ticker.MILLISECOND
            && at / Ticker.MILLISECOND % (runs + stands) >= runs;
        pair.run(2 * BEFORE, hogged, at -> false);
        pair.run(2_000);
        CallQuality quality = pair.left.quality();
        told("scenario 15, %d of %d ms without the processor: %d packets discarded, buffer 2 s later %d ms", stands,
            runs + stands, quality.heard().discarded(), quality.bufferDelay().toMillis());
        assertEquals(0, quality.packetsLost());
        assertTrue(quality.bufferDelay().toMillis() <= 60, () -> "buffer " + quality.bufferDelay());
        assertEquals(880, pair.left.hears(), 3);
        assertEquals(440, pair.right.hears(), 3);
    }
}
