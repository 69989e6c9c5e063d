package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Where a publication of ours stands (RFC 3903). */
public sealed interface PublicationState {
    /** It is being published for the first time, or after a failure. */
    record Publishing() implements PublicationState { }

    /**
     * The server has what was given last; refreshes happen by themselves.
     *
     * @param expiresSeconds what was granted
     */
    record Published(long expiresSeconds) implements PublicationState { }

    /**
     * The server does not have it; the next try comes by itself.
     *
     * @param retryAt when the next starts, in ns of the owner's ticker
     */
    record Waiting(Failure cause, long retryAt) implements PublicationState {
        public Waiting {
            requireNonNull(cause, "cause");
        }
    }

    /** It is over: removed, or, with a cause, refused for good, as by a server without PUBLISH. */
    record Ended(Optional<Failure> cause) implements PublicationState {
        public Ended {
            requireNonNull(cause, "cause");
        }
    }
}
