package io.earshot.api;

import io.earshot.api.Nat.Relay;
import io.earshot.api.Nat.Relay.Transport;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URIs of relays (RFC 7065). */
final class RelayUri {
    private static final Pattern URI = Pattern.compile("(?:(turns?):)?([^?/]+)(?:\\?transport=([A-Za-z]+))?", Pattern.CASE_INSENSITIVE);

    private RelayUri() {
    }

    static Relay read(String uri, String user, String password) {
        Matcher parts = URI.matcher(uri.strip());
        if (!parts.matches()) {
            throw wrong(uri);
        }
        boolean secured = "turns".equalsIgnoreCase(parts.group(1));
        String transport = parts.group(3) == null ? secured ? "tcp" : "udp" : parts.group(3).toLowerCase(Locale.ROOT);
        boolean tcp = transport.equals("tcp");
        if (!tcp && (secured || !transport.equals("udp"))) {
            throw wrong(uri);
        }
        return new Relay(parts.group(2), user, password, secured ? Transport.TLS : tcp ? Transport.TCP : Transport.UDP);
    }

    private static IllegalArgumentException wrong(String uri) {
        return new IllegalArgumentException("'" + uri + "' is no relay: write host, host:port, turn:host:port?transport=tcp or turns:host");
    }
}
