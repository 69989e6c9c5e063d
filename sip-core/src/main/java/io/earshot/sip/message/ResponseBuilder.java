package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/** Builds a {@link Response}. */
public final class ResponseBuilder extends Builder<ResponseBuilder> {
    private int status;
    private String reasonPhrase;
    private boolean startLineKept;

    ResponseBuilder(int status, Response original) {
        super(original);
        status(status);
        if (original != null) {
            reasonPhrase = original.reasonPhrase();
            startLineKept = true;
        }
    }

    /** Replaces the status, and the reason phrase by the usual one. */
    public ResponseBuilder status(int newStatus) {
        if (newStatus < 100 || newStatus > 699) {
            throw new IllegalArgumentException("status out of range: " + newStatus);
        }
        status = newStatus;
        reasonPhrase = ReasonPhrases.of(newStatus);
        startLineKept = false;
        return this;
    }

    /** Replaces the reason phrase. */
    public ResponseBuilder reasonPhrase(String phrase) {
        reasonPhrase = Quoting.requireWire(requireNonNull(phrase, "phrase"), "reason phrase");
        startLineKept = false;
        return this;
    }

    void copyFrom(Wire request, boolean createsDialog) {
        for (int i = 0; i < request.count; i++) {
            HeaderName name = request.name(i);
            boolean once = name == HeaderName.FROM || name == HeaderName.TO || name == HeaderName.CALL_ID || name == HeaderName.CSEQ;
            boolean copied = once && !contains(name)
                || name == HeaderName.VIA
                || name == HeaderName.RECORD_ROUTE && createsDialog && status > 100 && status < 300
                || name == HeaderName.TIMESTAMP && status == 100;
            if (copied) {
                addLine(request.line(i));
            }
        }
    }

    @Override
    public Response build() {
        Wire wire = encode(startLineKept ? null : "SIP/2.0 " + status + " " + reasonPhrase + "\r\n");
        return new Response(status, reasonPhrase, wire, limits, new TypedHeaders(wire, limits));
    }
}
