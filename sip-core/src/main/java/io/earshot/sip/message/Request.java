package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/** A request (RFC 3261 §7.1). */
public final class Request extends SipMessage {
    private final SipMethod method;
    private final Uri requestUri;

    Request(SipMethod method, Uri requestUri, Wire wire, SipLimits limits, TypedHeaders typed) {
        super(wire, limits, typed);
        this.method = method;
        this.requestUri = requestUri;
    }

    /** Returns a builder without any header. */
    public static RequestBuilder builder(SipMethod method, Uri requestUri) {
        return new RequestBuilder(requireNonNull(method, "method"), requireNonNull(requestUri, "requestUri"), null);
    }

    /** Returns the method of the request line. */
    public SipMethod method() {
        return method;
    }

    /** Returns the Request-URI. */
    public Uri requestUri() {
        return requestUri;
    }

    /** Returns the same request to another URI. */
    public Request withRequestUri(Uri uri) {
        return toBuilder().requestUri(uri).build();
    }

    @Override
    public RequestBuilder toBuilder() {
        return new RequestBuilder(method, requestUri, this);
    }
}
