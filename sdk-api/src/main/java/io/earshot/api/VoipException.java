package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

/** The one exception of the modern API: a {@link Failure} and its sentence. What a program decides on is the failure, by its type. */
public final class VoipException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** Makes an exception whose message is the failure's sentence. */
    public VoipException(Failure failure) {
        super(requireNonNull(failure, "failure").sentence());
        this.failure = failure;
    }

    /** Makes an exception with a cause, for logs. */
    public VoipException(Failure failure, Throwable cause) {
        super(requireNonNull(failure, "failure").sentence(), cause);
        this.failure = failure;
    }

    /** Returns why; after deserialisation only the sentence is left. */
    public Failure failure() {
        return failure == null ? new Failure.Protocol(getMessage()) : failure;
    }
}
