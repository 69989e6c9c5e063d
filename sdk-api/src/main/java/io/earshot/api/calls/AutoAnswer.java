package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * Which calls are answered without a person. The program's handler is called all the same, and finds the call answered or about to be.
 *
 * @param everyCall whether all are
 * @param delay how long they ring first
 * @param onRequest whose wish counts: {@code P-Auto-Answer}, {@code Answer-Mode}, {@code Call-Info;answer-after}, {@code Alert-Info}
 */
public record AutoAnswer(boolean everyCall, Duration delay, OnRequest onRequest) {
    /** Whose headers that ask for an automatic answer count. */
    public enum OnRequest {
        /** Nobody's. */
        NEVER,
        /** Those of the account's server and of the peers in {@link Identity#trusted()}. */
        TRUSTED,
        /** Everybody's: who knows the address can listen in. */
        ANYBODY
    }

    /** No call is. */
    public static final AutoAnswer NEVER = new AutoAnswer(false, Duration.ZERO, OnRequest.NEVER);

    /** Checks the time. */
    public AutoAnswer {
        requireNonNull(onRequest, "onRequest");
        Check.range(delay, Duration.ZERO, Duration.ofSeconds(600), "delay");
    }

    /** Returns the rule that answers every call after so long. */
    public static AutoAnswer after(Duration delay) {
        return new AutoAnswer(true, delay, OnRequest.NEVER);
    }

    /** Returns a copy that obeys these callers. */
    public AutoAnswer onRequestOf(OnRequest callers) {
        return new AutoAnswer(everyCall, delay, callers);
    }
}
