package io.earshot.sip.message;

/**
 * Thrown by a typed accessor of a header that is malformed, and by an accessor of a mandatory header that a message under construction
 * lacks. Never thrown for a message whose {@link SipMessage#check()} is empty.
 */
public final class MalformedHeaderException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient ParseResult.Malformed malformed;

    MalformedHeaderException(ParseResult.Malformed malformed) {
        super(malformed.detail());
        this.malformed = malformed;
    }

    /** Returns what is wrong. */
    public ParseResult.Malformed malformed() {
        return malformed;
    }
}
