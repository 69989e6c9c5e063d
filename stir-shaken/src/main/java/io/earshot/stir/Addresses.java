package io.earshot.stir;

import java.util.Locale;
import java.util.Optional;

/** Numbers and URIs in the one form in which signer and verifier compare them (RFC 8224 §8.3 to §8.5). */
final class Addresses {
    private Addresses() {
    }

    /** Returns a telephone number's digits, {@code *} and {@code #}; empty when the text is none. */
    static Optional<String> number(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c == '*' || c == '#') {
                digits.append(c);
            } else if (!(c == '+' && i == 0) && " -.()".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        return digits.isEmpty() ? Optional.empty() : Optional.of(digits.toString());
    }

    /** Returns the number in a tel: URI, or in the user part of a sip: one. */
    static Optional<String> numberOf(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.startsWith("tel:")) {
            return number(until(uri.substring(4), ";"));
        }
        if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
            String rest = uri.substring(uri.indexOf(':') + 1);
            int at = rest.indexOf('@');
            return at < 0 ? Optional.empty() : number(until(until(rest.substring(0, at), ";"), ":"));
        }
        return Optional.empty();
    }

    /** Returns a SIP URI without parameters, headers, password and port, its host in lower case; other texts in lower case. */
    static String uri(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("sip:") && !lower.startsWith("sips:")) {
            return lower;
        }
        String rest = until(until(text.substring(text.indexOf(':') + 1), "?"), ";");
        int at = rest.indexOf('@');
        String user = at < 0 ? "" : until(rest.substring(0, at), ":") + "@";
        String host = rest.substring(at + 1);
        int port = host.indexOf(':', Math.max(0, host.indexOf(']')));
        return "sip:" + user + (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    }

    /** Tells whether a signed number or URI means one of these URIs. */
    static boolean matches(String signed, Iterable<String> uris) {
        for (String uri : uris) {
            boolean sameNumber = number(signed).isPresent() && number(signed).equals(numberOf(uri));
            if (sameNumber || uri(signed).equals(uri(uri))) {
                return true;
            }
        }
        return false;
    }

    private static String until(String text, String end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
