package io.earshot.ice.stun;

import io.earshot.api.time.Ticker;
import java.time.Duration;

/**
 * How long a request is tried; RFC 8489 §6.2.1.
 *
 * @param rto the first wait for an answer; each further one doubles it
 * @param attempts how often a request is sent at most (Rc)
 * @param last what the last wait is, in multiples of {@code rto} (Rm)
 */
public record StunTimers(Duration rto, int attempts, int last) {
    /** RFC 8489's own: 500 ms, 7, 16: a server that never answers is given up after 39.5 s. */
    public static final StunTimers STANDARD = new StunTimers(Duration.ofMillis(500), 7, 16);
    /** For checks in calls, where a second path is at hand: 7.5 s. */
    public static final StunTimers CHECK = new StunTimers(Duration.ofMillis(500), 5, 8);
    /** One request over a reliable transport: 39.5 s. */
    public static final StunTimers RELIABLE = new StunTimers(Duration.ofMillis(500), 1, 79);

    /** Checks the values. */
    public StunTimers {
        if (rto.isNegative() || rto.isZero() || attempts < 1 || attempts > 16 || last < 1) {
            throw new IllegalArgumentException("timers of STUN: rto above 0, attempts 1 to 16, last at least 1, not " + rto + ", "
                + attempts + ", " + last);
        }
    }

    long waitAfter(int sent) {
        return sent >= attempts ? rto.toNanos() * last : Math.min(rto.toNanos() << sent - 1, 60 * Ticker.SECOND);
    }
}
