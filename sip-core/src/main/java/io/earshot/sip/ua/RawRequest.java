package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.SipMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request that its user makes by himself, but for what routing, dialogs and authentication depend on.
 *
 * @param method any but those that are part of the engine's own procedures
 * @param headers in order
 * @param contentType of the body; empty when there is none
 * @param body at most 64 KiB; empty when there is no content type
 */
public record RawRequest(SipMethod method, List<ExtraHeader> headers, Optional<MediaType> contentType, byte[] body) {
    private static final int MOST = 65_536;
    private static final Set<SipMethod> OURS = Set.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.CANCEL, SipMethod.BYE, SipMethod.PRACK,
        SipMethod.UPDATE, SipMethod.REGISTER);

    /** Checks the parts. */
    public RawRequest {
        headers = List.copyOf(headers);
        requireNonNull(contentType, "contentType");
        body = body.clone();
        if (OURS.contains(method)) {
            throw new IllegalArgumentException(method + " is part of calls or registrations, which send it themselves");
        }
        if (contentType.isEmpty() && body.length > 0) {
            throw new IllegalArgumentException("a body needs a Content-Type");
        }
        if (body.length > MOST) {
            throw new IllegalArgumentException("the body is longer than " + MOST + " bytes: " + body.length);
        }
    }

    /** Returns a request without headers and body. */
    public static RawRequest of(SipMethod method) {
        return new RawRequest(method, List.of(), Optional.empty(), new byte[0]);
    }

    /** Returns a copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawRequest that && method.equals(that.method) && headers.equals(that.headers)
            && contentType.equals(that.contentType) && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * method.hashCode() + Arrays.hashCode(body);
    }
}
