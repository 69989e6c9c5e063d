package io.earshot.api.presence;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Failure;
import java.time.Duration;
import java.util.Optional;

/** Where a watch stands. */
public sealed interface WatchState {
    /** The subscription is under way. */
    record Connecting() implements WatchState { }

    /** The other side has not allowed it yet. */
    record Pending() implements WatchState { }

    /** We are told. */
    record Active() implements WatchState { }

    /**
     * There is no subscription now.
     *
     * @param failure why
     * @param retryIn when it is tried again by itself
     */
    record Waiting(Failure failure, Duration retryIn) implements WatchState {
        public Waiting {
            requireNonNull(failure, "failure");
            requireNonNull(retryIn, "retryIn");
        }
    }

    /**
     * It is over.
     *
     * @param failure why, unless it was closed
     */
    record Ended(Optional<Failure> failure) implements WatchState {
        public Ended {
            requireNonNull(failure, "failure");
        }
    }
}
