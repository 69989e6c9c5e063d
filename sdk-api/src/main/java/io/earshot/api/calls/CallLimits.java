package io.earshot.api.calls;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * How many calls, and how long.
 *
 * @param mostCalls the most calls at a time, either way; 0 denies all, -1 is no limit
 * @param callWaiting whether a call rings while another one is under way; otherwise it gets 486
 * @param longestCall from the answer on; zero is no limit
 */
public record CallLimits(int mostCalls, boolean callWaiting, Duration longestCall) {
    /** No limit. */
    public static final CallLimits NONE = new CallLimits(-1, true, Duration.ZERO);

    /** Checks the numbers. */
    public CallLimits {
        if (mostCalls < -1) {
            throw new IllegalArgumentException("mostCalls must be -1 (no limit) or more, not " + mostCalls);
        }
        Check.range(longestCall, Duration.ZERO, Duration.ofDays(365), "longestCall");
    }

    /** Returns a copy with at most so many calls. */
    public CallLimits withMostCalls(int most) {
        return new CallLimits(most, callWaiting, longestCall);
    }

    /** Returns a copy in which a second call rings, or gets 486. */
    public CallLimits withCallWaiting(boolean waiting) {
        return new CallLimits(mostCalls, waiting, longestCall);
    }

    /** Returns a copy that ends calls after so long. */
    public CallLimits withLongestCall(Duration longest) {
        return new CallLimits(mostCalls, callWaiting, longest);
    }
}
