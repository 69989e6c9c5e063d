package io.earshot.api.raw;

import io.earshot.api.check.Check;
import java.util.Map;

/**
 * A program's answer to a request.
 *
 * @param status 200 to 699
 * @param headers without line breaks
 * @param contentType of the body; empty when there is none
 * @param body sent in UTF-8; empty when there is none
 */
public record SipReply(int status, Map<String, String> headers, String contentType, String body) {
    /** Checks the status. */
    public SipReply {
        if (status < 200 || status > 699) {
            throw new IllegalArgumentException("a request is answered with a status from 200 to 699, not " + status);
        }
        headers = Check.headers(headers, "headers");
        Check.contentType(contentType, "contentType");
        Check.requireNonNull(body, "body");
    }

    /** Returns an answer without headers and body. */
    public static SipReply of(int status) {
        return new SipReply(status, Map.of(), "", "");
    }
}
