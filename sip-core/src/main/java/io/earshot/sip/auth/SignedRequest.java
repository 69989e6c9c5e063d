package io.earshot.sip.auth;

import static java.util.Objects.requireNonNull;

/**
 * What of a request goes into a response digest. The body is not copied: do not change it.
 *
 * @param method as in the request line
 * @param uri the {@code uri} parameter: the Request-URI as sent (RFC 3261 §22.4)
 * @param body the message body, of length 0 when there is none; only {@code auth-int} looks at it
 */
public record SignedRequest(String method, String uri, byte[] body) {
    public SignedRequest {
        requireNonNull(method, "method");
        requireNonNull(uri, "uri");
        requireNonNull(body, "body");
    }

    /** Returns a request without a body. */
    public static SignedRequest of(String method, String uri) {
        return new SignedRequest(method, uri, new byte[0]);
    }
}
