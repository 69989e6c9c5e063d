package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Where a subscription of ours stands (RFC 6665 §4.1). */
public sealed interface SubscriptionState {
    /** A first SUBSCRIBE is under way. */
    record Subscribing() implements SubscriptionState { }

    /** The other side has the subscription and is not allowed, yet, to tell us anything. */
    record Pending() implements SubscriptionState { }

    /** We are told; refreshes happen by themselves. */
    record Active() implements SubscriptionState { }

    /**
     * There is no subscription; the next try comes by itself.
     *
     * @param cause why
     * @param retryAt when the next starts, in ns of the owner's ticker
     */
    record Waiting(Failure cause, long retryAt) implements SubscriptionState {
        public Waiting {
            requireNonNull(cause, "cause");
        }
    }

    /**
     * It is over for good.
     *
     * @param cause why, empty when we ended it or it was to be fetched once
     */
    record Ended(Optional<Failure> cause) implements SubscriptionState {
        public Ended {
            requireNonNull(cause, "cause");
        }
    }
}
