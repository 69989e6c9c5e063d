package io.earshot.sip.ua;

import io.earshot.api.WebSockets;
import io.earshot.api.time.Ticker;
import java.util.OptionalLong;

/**
 * When a registration that failed is tried again: after 30 s, doubling up to 30 min, by chance half to all of it (RFC 5626 §4.5). Where
 * nobody listens any more at a server that worked, as when it is restarted, the first tries come sooner: after 1, 2, 4, 8 and 16 s. Where
 * one that worked is silent, the doubling starts two tries later, so that up to two minutes without a network cost no more than 30 s
 * afterwards. Over WebSocket a lost connection follows the account's own times.
 */
final class RetryPolicy {
    private static final long FIRST = 30 * Ticker.SECOND;
    private static final int QUICK_TRIES = 5;
    private static final int STEADY_TRIES = 2;
    private static final long LONGEST = 1800 * Ticker.SECOND;
    private static final long LONGEST_ASKED = 3600;

    private final Context context;
    private final WebSocketWay webSocket;
    private int failures;
    private int quick = QUICK_TRIES;
    private int steady = STEADY_TRIES;

    /** For what has no connection of its own. */
    RetryPolicy(Context context) {
        this(context, new WebSocketWay(context, WebSockets.NONE));
    }

    RetryPolicy(Context context, WebSocketWay webSocket) {
        this.context = context;
        this.webSocket = webSocket;
    }

    void succeeded() {
        failures = 0;
    }

    /** The server is known to work: should it refuse connections or datagrams, or be silent, from now on, it will soon be back. */
    void worked() {
        succeeded();
        quick = 0;
        steady = 0;
    }

    /** Returns how long to wait, in ns; empty when only the user can help. */
    OptionalLong delayAfter(Failure failure) {
        if (failure instanceof Failure.AuthenticationFailed) {
            return OptionalLong.empty();
        }
        if (failure instanceof Failure.Rejected rejected) {
            if (rejected.retryAfter().isPresent()) {
                long asked = Context.seconds(Math.max(1, Math.min(LONGEST_ASKED, rejected.retryAfter().getAsLong())));
                return OptionalLong.of(context.between(asked, asked + asked / 10)); // not all clients at once
            }
            if (isLasting(rejected.status())) {
                return OptionalLong.of(context.between(LONGEST / 2, LONGEST));
            }
        }
        if (webSocket.isUsed() && isLost(failure)) {
            return OptionalLong.of(webSocket.pause());
        }
        if (failure instanceof Failure.TransportFailed && quick < QUICK_TRIES) {
            long most = Ticker.SECOND << quick++;
            return OptionalLong.of(context.between(most / 2, most));
        }
        long upper = failures >= 6 ? LONGEST : Math.min(LONGEST, FIRST << failures);
        if (failure instanceof Failure.TimedOut && steady < STEADY_TRIES) {
            steady++;
        } else {
            failures++;
        }
        return OptionalLong.of(context.between(upper / 2, upper));
    }

    /** Returns how long to wait before a lost connection is made anew, in ns: not at all, but for WebSocket, which has rules for it. */
    long pause() {
        return webSocket.isUsed() ? webSocket.pause() : 0;
    }

    private static boolean isLost(Failure failure) {
        return failure instanceof Failure.TransportFailed || failure instanceof Failure.TimedOut || failure instanceof Failure.Unreachable;
    }

    /** A refusal that means the account or the request and not the moment. */
    private static boolean isLasting(int status) {
        return status >= 600 || status >= 400 && status < 500 && status != 408 && status != 480 && status != 429 && status != 491;
    }
}
