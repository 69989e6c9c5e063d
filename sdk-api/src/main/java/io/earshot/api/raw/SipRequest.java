package io.earshot.api.raw;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.Map;

/**
 * A request that a program makes by itself. Via, From, To, Call-ID, CSeq, Contact, Max-Forwards, Route, Content-Length and credentials are
 * written for it.
 *
 * @param method as {@code OPTIONS} or {@code MESSAGE}; those that are part of calls and registrations are refused
 * @param headers in order, without line breaks
 * @param contentType of the body; empty when there is none
 * @param body sent in UTF-8; empty when there is none
 */
public record SipRequest(String method, Map<String, String> headers, String contentType, String body) {
    /** Copies the headers. */
    public SipRequest {
        requireNonNull(method, "method");
        headers = Check.headers(headers, "headers");
        Check.contentType(contentType, "contentType");
        requireNonNull(body, "body");
    }

    /** Returns a request without headers and body. */
    public static SipRequest of(String method) {
        return new SipRequest(method, Map.of(), "", "");
    }

    /** Returns a copy with one more header. */
    public SipRequest withHeader(String name, String value) {
        Map<String, String> more = Check.withHeader(headers, name, value);
        return new SipRequest(method, more, contentType, body);
    }

    /** Returns a copy with a body. */
    public SipRequest withBody(String type, String text) {
        return new SipRequest(method, headers, type, text);
    }
}
