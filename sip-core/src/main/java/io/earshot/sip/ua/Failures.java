package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Response;
import java.util.OptionalLong;

/** Final responses as values for the user. */
final class Failures {
    private Failures() {
    }

    static Failure of(Response response) {
        if (response.status() < 400) {
            return new Failure.Redirected(response.status(), Redirects.contacts(response));
        }
        return new Failure.Rejected(response.status(), response.reasonPhrase(), retryAfter(response),
            response.values(HeaderName.WARNING).stream().findFirst());
    }

    /** Returns the leading number of Retry-After, which a comment and parameters may follow (RFC 3261 §20.33). */
    static OptionalLong retryAfter(Response response) {
        return leadingNumber(response.value(HeaderName.RETRY_AFTER).orElse(""));
    }

    static OptionalLong leadingNumber(String text) {
        String trimmed = text.trim();
        long value = 0;
        int digits = 0;
        while (digits < trimmed.length() && digits < 10 && trimmed.charAt(digits) >= '0' && trimmed.charAt(digits) <= '9') {
            value = 10 * value + trimmed.charAt(digits) - '0';
            digits++;
        }
        return digits == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
