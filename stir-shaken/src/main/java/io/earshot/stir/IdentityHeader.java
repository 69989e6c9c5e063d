package io.earshot.stir;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An Identity header (RFC 8224 §4).
 *
 * @param token the signature: {@code header.payload.signature}, the first two of which are empty in the compact form
 * @param info where the certificate is
 * @param extension {@code ppt}, empty when there is none
 */
record IdentityHeader(String token, String info, String extension) {
    /** A PASSporT of a call is some 500 bytes; this leaves room for many callees. */
    private static final int MAX_LENGTH = 8_192;

    static IdentityHeader parse(String value) throws Verdict {
        if (value.length() > MAX_LENGTH) {
            throw Verdict.malformed("The Identity header is longer than " + MAX_LENGTH + " characters");
        }
        int end = value.indexOf(';');
        if (end < 0) {
            throw Verdict.malformed("The Identity header has no info parameter");
        }
        Map<String, String> parameters = parameters(value.substring(end + 1));
        String algorithm = parameters.getOrDefault("alg", "ES256");
        if (!algorithm.equals("ES256")) {
            throw Verdict.malformed("The signature algorithm must be ES256, not " + printable(algorithm));
        }
        String info = parameters.getOrDefault("info", "");
        if (info.isEmpty()) {
            throw Verdict.malformed("The Identity header has no info parameter");
        }
        return new IdentityHeader(value.substring(0, end).strip(), info, parameters.getOrDefault("ppt", ""));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> found = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            String one = text.substring(at, end).strip();
            int equals = one.indexOf('=');
            if (equals > 0) {
                found.putIfAbsent(one.substring(0, equals).strip().toLowerCase(Locale.ROOT), bare(one.substring(equals + 1).strip()));
            }
            at = end + 1;
        }
        return found;
    }

    /** Returns where a parameter ends: at a semicolon that is not within quotes or angle brackets. */
    private static int end(String text, int from) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '<') {
                bracketed = true;
            } else if (c == '>') {
                bracketed = false;
            } else if (c == ';' && !quoted && !bracketed) {
                return i;
            }
        }
        return text.length();
    }

    private static String bare(String value) {
        boolean enclosed = value.length() >= 2
            && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("<") && value.endsWith(">"));
        return enclosed ? value.substring(1, value.length() - 1) : value;
    }

    static String printable(String text) {
        String safe = text.replaceAll("[^ -~]", "?");
        return safe.length() > 60 ? safe.substring(0, 60) + "…" : safe;
    }
}
