package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * Session timers (RFC 4028): an established call is refreshed from time to time, so that both sides and the proxies between them notice
 * when one is gone. Immutable; the {@code with} methods return changed copies.
 *
 * @param enabled whether they are offered and understood; they run only with peers that understand them too
 * @param expires the longest time without a refresh that we ask for, at least {@code minimum}, at most 24 h; refreshes come twice as often
 * @param minimum the shortest that we accept from others, who are told with 422; RFC 4028 wants 90 s, less is for tests
 * @param refresher who is to refresh
 */
public record SessionTimers(boolean enabled, Duration expires, Duration minimum, Refresher refresher) {
    /** On, 30 min, at least 90 s, the callee decides who refreshes. */
    public static final SessionTimers DEFAULT = new SessionTimers(true, Duration.ofMinutes(30), Duration.ofSeconds(90), Refresher.ANY);

    /** Off. */
    public static final SessionTimers OFF = new SessionTimers(false, Duration.ofMinutes(30), Duration.ofSeconds(90), Refresher.ANY);

    /** Who sends refreshes. */
    public enum Refresher {
        /** Whoever the negotiation yields: the caller, with most peers. */
        ANY,
        /** We do, if the peer agrees. */
        LOCAL,
        /** The peer does, if it can. */
        REMOTE
    }

    public SessionTimers {
        requireNonNull(refresher, "refresher");
        requireNonNull(minimum, "minimum");
        requireNonNull(expires, "expires");
        if (minimum.toSeconds() < 1) {
            throw new IllegalArgumentException("the minimum of session timers must be 1 s or more, not " + Check.text(minimum)
                    + "; RFC 4028 wants 90 s");
        }
        if (expires.compareTo(minimum) < 0 || expires.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("session timers must expire after " + minimum.toSeconds()
                    + " s (the minimum) to 24 h, not after " + expires.toSeconds() + " s");
        }
    }

    /** Returns a copy that asks for this time. */
    public SessionTimers withExpires(Duration time) {
        return new SessionTimers(enabled, time, minimum, refresher);
    }

    /** Returns a copy that accepts no less than this. */
    public SessionTimers withMinimum(Duration time) {
        return new SessionTimers(enabled, expires, time, refresher);
    }

    /** Returns a copy that wishes for this refresher. */
    public SessionTimers withRefresher(Refresher who) {
        return new SessionTimers(enabled, expires, minimum, who);
    }
}
