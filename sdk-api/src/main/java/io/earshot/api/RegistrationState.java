package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.time.Duration;

/** Where a registration stands (RFC 3261 §10). */
public sealed interface RegistrationState {
    /** Not registered and not trying. */
    record Unregistered() implements RegistrationState { }

    /** A REGISTER is under way, and no earlier registration is valid. */
    record Registering() implements RegistrationState { }

    /**
     * The registrar knows us; refreshed by itself before it lapses.
     *
     * @param expires the life that the registrar granted
     */
    record Registered(Duration expires) implements RegistrationState { }

    /**
     * The last attempt failed.
     *
     * @param failure why
     * @param retryIn when it is tried again by itself; zero when it is not
     */
    record Failed(Failure failure, Duration retryIn) implements RegistrationState {
        public Failed {
            requireNonNull(failure, "failure");
            requireNonNull(retryIn, "retryIn");
        }
    }
}
