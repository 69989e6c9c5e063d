package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaWatchTest {
    private final List<String> told = new ArrayList<>();

    private MediaWatch watch(int timeout, int notice) {
        MediaWatch watch = new MediaWatch(Duration.ofSeconds(timeout), Duration.ofSeconds(notice));
        watch.onSilence((silent, ever, over) -> told.add(silent.toSeconds() + (ever ? " ever" : " never") + (over ? " over" : "")));
        return watch;
    }

    private static void silence(MediaWatch watch, int from, int to, boolean ever) {
        for (int second = from; second <= to; second++) {
            watch.check(second * Ticker.SECOND, ever);
        }
    }

    @Test
    void eachSilenceIsToldOfOnceAndEndsTheCall() {
        MediaWatch watch = watch(30, 10);
        silence(watch, 0, 12, true);
        silence(watch, 0, 9, true);
        silence(watch, 0, 30, true);
        assertEquals(List.of("10 ever", "10 ever", "30 ever over"), told);
    }

    @Test
    void whereNobodyLookedInBetweenTheSilenceIsToldOfBeforeTheEnd() {
        MediaWatch watch = watch(30, 10);
        watch.check(0, true);
        watch.check(31 * Ticker.SECOND, true);
        assertEquals(List.of("31 ever", "31 ever over"), told);
    }

    @Test
    void halfTheTimeIsEnoughWhereNothingEverCame() {
        silence(watch(30, 0), 0, 15, false);
        assertEquals(List.of("15 never over"), told);
    }

    @Test
    void zeroSwitchesOff() {
        silence(watch(0, 0), 0, 100_000, false);
        assertEquals(List.of(), told);
    }
}
