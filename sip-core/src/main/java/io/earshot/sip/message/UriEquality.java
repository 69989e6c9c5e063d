package io.earshot.sip.message;

import java.util.Arrays;

/** Comparison of SIP URIs, RFC 3261 §19.1.4. */
final class UriEquality {
    /**
     * Parameters that must be in both or in neither. The text of the RFC leaves {@code transport} out, its examples of URIs that are not
     * equivalent put it in.
     */
    private static final String[] NEVER_IGNORED = {"user", "ttl", "method", "maddr", "transport"};

    private UriEquality() {
    }

    static boolean equivalent(SipUri a, SipUri b) {
        return a.isSecure() == b.isSecure()
            && a.port() == b.port()
            && Hosts.same(a.host(), b.host())
            && a.user().map(Escapes::normalize).equals(b.user().map(Escapes::normalize))
            && a.password().map(Escapes::normalize).equals(b.password().map(Escapes::normalize))
            && parametersMatch(a.parameters(), b.parameters())
            && Arrays.equals(headers(a), headers(b));
    }

    private static boolean parametersMatch(Parameters a, Parameters b) {
        for (String name : NEVER_IGNORED) {
            if (a.has(name) != b.has(name)) {
                return false;
            }
        }
        for (int i = 0; i < a.size(); i++) {
            String name = a.name(i);
            if (b.has(name) && !value(a, name).equals(value(b, name))) {
                return false;
            }
        }
        return true;
    }

    private static String value(Parameters parameters, String name) {
        String raw = parameters.raw(name);
        return raw == null ? "" : Chars.lowerCase(Escapes.normalize(raw));
    }

    /** Returns the header components in a canonical order, names in lower case: none of them may be ignored. */
    private static String[] headers(SipUri uri) {
        if (uri.headers().isEmpty()) {
            return new String[0];
        }
        String[] headers = uri.headers().get().split("&", -1);
        for (int i = 0; i < headers.length; i++) {
            String header = Escapes.normalize(headers[i]);
            int equals = header.indexOf('=');
            headers[i] = Chars.lowerCase(header.substring(0, equals + 1)) + header.substring(equals + 1);
        }
        Arrays.sort(headers);
        return headers;
    }
}
