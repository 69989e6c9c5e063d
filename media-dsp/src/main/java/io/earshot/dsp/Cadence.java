package io.earshot.dsp;

import java.util.List;

/**
 * Tones and pauses in a row, once or again and again: ringback is {@code Cadence.repeating(dual(440, 480, -19, 2000), silence(4000))}.
 *
 * @param segments at least one
 * @param repeats how often the row is played, or {@link #FOREVER}
 */
public record Cadence(List<ToneSegment> segments, int repeats) {
    /** A row that starts again until somebody stops it. */
    public static final int FOREVER = Integer.MAX_VALUE;

    /** Checks and copies. */
    public Cadence {
        segments = List.copyOf(segments);
        if (segments.isEmpty() || repeats < 1) {
            throw new IllegalArgumentException(segments.size() + " segments, " + repeats + " times");
        }
    }

    /** Returns a row that is played once. */
    public static Cadence once(ToneSegment... segments) {
        return new Cadence(List.of(segments), 1);
    }

    /** Returns a row that starts again and again. */
    public static Cadence repeating(ToneSegment... segments) {
        return new Cadence(List.of(segments), FOREVER);
    }
}
