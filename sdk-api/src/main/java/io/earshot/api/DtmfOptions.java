package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
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
        Check.range(tone, Duration.ofMillis(40), Duration.ofSeconds(10), "tone");
        Check.range(gap, Duration.ZERO, Duration.ofSeconds(10), "gap");
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
