package io.earshot.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How to send keys. Immutable; the {@code with} methods return changed copies.
 *
 * @param method how keys reach the peer
 * @param tone how long a key is pressed, 40 ms to 10 s
 * @param gap the silence between two keys, 0 to 10 s
 */
public record DtmfOptions(DtmfMethod method, Duration tone, Duration gap) {
    /** The best way, 160 ms, 80 ms between keys. */
    public static final DtmfOptions DEFAULT = new DtmfOptions(DtmfMethod.AUTO, Duration.ofMillis(160), Duration.ofMillis(80));

    public DtmfOptions {
        requireNonNull(method, "method");
        if (tone.toMillis() < 40 || tone.toMillis() > 10_000) {
            throw new IllegalArgumentException("tone must be 40 to 10000 ms, not " + tone.toMillis());
        }
        if (gap.isNegative() || gap.toMillis() > 10_000) {
            throw new IllegalArgumentException("gap must be 0 to 10000 ms, not " + gap.toMillis());
        }
    }

    /** Returns a copy with this method. */
    public DtmfOptions withMethod(DtmfMethod how) {
        return new DtmfOptions(how, tone, gap);
    }

    /** Returns a copy with these times. */
    public DtmfOptions withTimes(Duration pressed, Duration between) {
        return new DtmfOptions(method, pressed, between);
    }
}
