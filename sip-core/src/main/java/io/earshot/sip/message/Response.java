package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/** A response (RFC 3261 §7.2). */
public final class Response extends SipMessage {
    private final int status;
    private final String reasonPhrase;

    Response(int status, String reasonPhrase, Wire wire, SipLimits limits, TypedHeaders typed) {
        super(wire, limits, typed);
        this.status = status;
        this.reasonPhrase = reasonPhrase;
    }

    /** Returns a builder without any header, with the usual reason phrase. */
    public static ResponseBuilder builder(int status) {
        return new ResponseBuilder(status, null);
    }

    /**
     * Returns a builder for a response to a request (RFC 3261 §8.2.6.2): Via, From, To, Call-ID and CSeq are copied byte for byte,
     * Timestamp into a 100 (§8.2.6.1), and Record-Route into 101 to 299 for methods that create dialogs (§12.1.1). The tag of To is the
     * caller's to add.
     */
    public static ResponseBuilder to(Request request, int status) {
        ResponseBuilder builder = new ResponseBuilder(status, null);
        builder.copyFrom(requireNonNull(request, "request").wire, request.method().createsDialog());
        return builder;
    }

    /** Returns the status code, 100 to 699. */
    public int status() {
        return status;
    }

    /** Returns the reason phrase, which may be empty. */
    public String reasonPhrase() {
        return reasonPhrase;
    }

    /** Returns whether the status is 1xx. */
    public boolean isProvisional() {
        return status < 200;
    }

    /** Returns whether the status is 2xx. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Returns whether the status is 200 or above. */
    public boolean isFinal() {
        return status >= 200;
    }

    /** Returns whether the status is 300 or above. */
    public boolean isRejection() {
        return status >= 300;
    }

    @Override
    public ResponseBuilder toBuilder() {
        return new ResponseBuilder(status, this);
    }
}
