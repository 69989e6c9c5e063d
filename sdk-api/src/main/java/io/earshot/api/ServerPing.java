package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * What an account asks its server again and again, so that routers keep the way open and silence is noticed. Immutable.
 *
 * @param method what is sent
 * @param interval how often over UDP and WebSockets, 3 s to 1 h; zero for never
 * @param connectionInterval how often while registered over TCP or TLS, 3 s to 1 h; zero for never
 */
public record ServerPing(Method method, Duration interval, Duration connectionInterval) {
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Nothing is asked. */
    public static final ServerPing NEVER = new ServerPing(Method.OPTIONS, Duration.ZERO, Duration.ZERO);

    /** A request that does nothing. Whatever the answer is, the server is there. */
    public enum Method {
        /** The question for capabilities (RFC 3261 §11). */
        OPTIONS,
        /** {@code Event: keep-alive} outside of subscriptions, as telephones of old do. Most servers refuse it, which is an answer too. */
        NOTIFY
    }

    public ServerPing {
        requireNonNull(method, "method");
        check(interval, "interval");
        check(connectionInterval, "connectionInterval");
    }

    private static void check(Duration interval, String name) {
        boolean never = requireNonNull(interval, name).isZero();
        if (!never && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(name + " must be 3 s to 1 h, or zero to stop, not " + Check.text(interval));
        }
    }

    /** Returns such requests at the same interval over each transport. */
    public static ServerPing of(Method method, Duration interval) {
        return new ServerPing(method, interval, interval);
    }

    /** Returns a copy with another interval for connections. */
    public ServerPing withConnectionInterval(Duration connections) {
        return new ServerPing(method, interval, connections);
    }
}
