package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/** Builds a {@link Request}. */
public final class RequestBuilder extends Builder<RequestBuilder> {
    private SipMethod method;
    private Uri requestUri;
    private boolean startLineKept;

    RequestBuilder(SipMethod method, Uri requestUri, Request original) {
        super(original);
        this.method = method;
        this.requestUri = requestUri;
        this.startLineKept = original != null;
    }

    /** Replaces the method. CSeq is left as it is. */
    public RequestBuilder method(SipMethod newMethod) {
        method = requireNonNull(newMethod, "method");
        startLineKept = false;
        return this;
    }

    /** Replaces the Request-URI. */
    public RequestBuilder requestUri(Uri newRequestUri) {
        requestUri = requireNonNull(newRequestUri, "requestUri");
        startLineKept = false;
        return this;
    }

    @Override
    public Request build() {
        Wire wire = encode(startLineKept ? null : method + " " + requestUri + " SIP/2.0\r\n");
        return new Request(method, requestUri, wire, limits, new TypedHeaders(wire, limits));
    }
}
