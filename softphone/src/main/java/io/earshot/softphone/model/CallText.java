package io.earshot.softphone.model;

import io.earshot.api.CallQuality;
import io.earshot.sdk.window.LineView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A call in words. */
public final class CallText {
    private static final long HOUR = 3600;
    private static final double GOOD = 3.8;
    private static final double FAIR = 3.1;

    /** How good a call sounds, for a colour. */
    public enum Grade {
        /** Not known. */
        UNKNOWN,
        /** Most are content. */
        GOOD,
        /** Some are not. */
        FAIR,
        /** Many are not. */
        POOR
    }

    private CallText() {
    }

    /** Returns who it is with. */
    public static String who(LineView call) {
        return call.name().isBlank() || call.name().equals(call.peer()) ? call.peer() : call.name() + " (" + call.peer() + ")";
    }

    /** Returns for how long it has been connected, as {@code 03:25} or {@code 1:02:03}; empty before. */
    public static String time(LineView call, Instant now) {
        return call.since().map(since -> {
            long seconds = Math.max(0, Duration.between(since, now).toSeconds());
            return seconds < HOUR ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
                    : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / 60, seconds % 60);
        }).orElse("");
    }

    /** Returns how it sounds, as {@code MOS 4.3 · 0.0 % · 2 ms}: loss and jitter; empty before sound flows. */
    public static String quality(LineView call) {
        CallQuality quality = call.quality();
        return !call.isConnected() || quality.mos() == 0 ? "" : String.format(Locale.ROOT, "MOS %.1f · %.1f %% · %d ms", quality.mos(),
                quality.lossPercent(), quality.jitter().toMillis());
    }

    /** Returns how good that is. */
    public static Grade grade(LineView call) {
        double mos = call.quality().mos();
        return mos == 0 || !call.isConnected() ? Grade.UNKNOWN : mos >= GOOD ? Grade.GOOD : mos >= FAIR ? Grade.FAIR : Grade.POOR;
    }
}
