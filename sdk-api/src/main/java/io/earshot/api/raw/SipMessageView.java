package io.earshot.api.raw;

import io.earshot.api.check.Check;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A SIP message that came.
 *
 * @param startLine the first line, as {@code SIP/2.0 200 OK}
 * @param status the status of a response; 0 for a request
 * @param headers by name, without regard to case
 * @param body as text; empty when there is none
 */
public record SipMessageView(String startLine, int status, Map<String, List<String>> headers, String body) {
    /** Copies the headers. */
    public SipMessageView {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** Returns the first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(Check.requireNonNull(name, "name"), List.of()).stream().findFirst();
    }
}
