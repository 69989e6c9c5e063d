package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * How to send keys. Immutable; the {@code with} methods return changed copies.
 *
 * @param method how keys reach the peer
 * @param tone how long a key is pressed, 40 ms to 10 s; events and tones are 8 s long at most
 * @param gap the silence between two keys, 0 to 10 s
 * @param fallBack whether another method is tried when this one is not accepted
 * @param early whether keys may be sent before the answer, where the peer's sound flows already; never by INFO
 * @param heard whether the keys are heard on the speaker too
 */
public record DtmfOptions(DtmfMethod method, Duration tone, Duration gap, boolean fallBack, boolean early, boolean heard) {
    /** The best way, 160 ms, 80 ms between keys, with other ways to fall back to, also early, not heard. */
    public static final DtmfOptions DEFAULT = new DtmfOptions(DtmfMethod.AUTO, Duration.ofMillis(160), Duration.ofMillis(80), true, true,
            false);

    public DtmfOptions {
        requireNonNull(method, "method");
        Check.range(tone, Duration.ofMillis(40), Duration.ofSeconds(10), "tone");
        Check.range(gap, Duration.ZERO, Duration.ofSeconds(10), "gap");
    }

    /** Returns a copy with this method. */
    public DtmfOptions withMethod(DtmfMethod how) {
        return new DtmfOptions(how, tone, gap, fallBack, early, heard);
    }

    /** Returns a copy with these times. */
    public DtmfOptions withTimes(Duration pressed, Duration between) {
        return new DtmfOptions(method, pressed, between, fallBack, early, heard);
    }

    /** Returns a copy that tries other methods when this one is not accepted, or does not. */
    public DtmfOptions withFallBack(boolean on) {
        return new DtmfOptions(method, tone, gap, on, early, heard);
    }

    /** Returns a copy that sends before the answer, or does not. */
    public DtmfOptions withEarly(boolean on) {
        return new DtmfOptions(method, tone, gap, fallBack, on, heard);
    }

    /** Returns a copy whose keys are heard on the speaker, or are not. */
    public DtmfOptions withHeard(boolean on) {
        return new DtmfOptions(method, tone, gap, fallBack, early, on);
    }
}
