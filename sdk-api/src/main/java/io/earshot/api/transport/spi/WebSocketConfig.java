package io.earshot.api.transport.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.time.Ticker;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a transport over WebSocket (RFC 7118) lets others in and how it appears to servers. Immutable; start from {@link #DEFAULT}.
 *
 * @param listen whether to take connections; if not, no port is bound, and {@link SipTransport#localAddress()} has port 0
 * @param path where clients find us, as {@code /sip}; a query after it is ignored
 * @param origins the web origins whose pages may connect, as {@code https://phone.example.com}; {@code *} for all. Clients that are no
 *     browsers send no origin and are always let in
 * @param headers what goes into the HTTP request of our connections, by the server's host name in lower case: cookies,
 *     {@code Origin}, {@code Authorization} and the like
 * @param pingInterval after how long a silence a ping is sent, in nanoseconds; 0 for never
 * @param pongTimeout how long a ping may stay unanswered, in nanoseconds; then the connection is given up
 */
public record WebSocketConfig(boolean listen, String path, Set<String> origins, Map<String, Map<String, String>> headers,
        long pingInterval, long pongTimeout) {
    /** Listens at {@code /}, lets in no browser, sends no headers, pings after 60 s and waits 10 s (RFC 5626 §4.4.1). */
    public static final WebSocketConfig DEFAULT = new WebSocketConfig(true, "/", Set.of(), Map.of(), 60 * Ticker.SECOND,
        10 * Ticker.SECOND);

    public WebSocketConfig {
        requireNonNull(path, "path");
        origins = Check.set(origins, "origins");
        headers = checked(headers);
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '?' || c == '#')) {
            throw new IllegalArgumentException("a WebSocket path starts with '/' and has no blank, '?' or '#', not '" + path + "'");
        }
        if (pingInterval < 0 || pongTimeout < 1) {
            throw new IllegalArgumentException("pongTimeout must be 1 ns or more and pingInterval too, or 0 for no pings, not "
                + pongTimeout + " and " + pingInterval);
        }
    }

    /** A header with a line break would bring others with it. */
    private static Map<String, Map<String, String>> checked(Map<String, Map<String, String>> headers) {
        Map<String, Map<String, String>> out = new HashMap<>();
        Check.<Map<String, String>>map(headers, "headers").forEach((host, own) -> {
            Check.<String>map(own, "headers[" + host + "]").forEach(WebSocketConfig::check);
            if (out.put(host.toLowerCase(Locale.ROOT), Map.copyOf(own)) != null) {
                throw new IllegalArgumentException("headers names " + host + " twice, for case does not count: leave one out");
            }
        });
        return Map.copyOf(out);
    }

    private static void check(String name, String value) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            throw new IllegalArgumentException("the HTTP header " + Check.shown(name) + " cannot be sent: its name or value has "
                + "characters that are not allowed");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("sec-websocket-") || Set.of("host", "upgrade", "connection").contains(lower)) {
            throw new IllegalArgumentException("the HTTP header '" + name + "' belongs to WebSocket itself; leave it out");
        }
    }

    /** Returns these settings for connections of our own only. */
    public WebSocketConfig withoutListener() {
        return new WebSocketConfig(false, path, origins, headers, pingInterval, pongTimeout);
    }

    /** Returns these settings with clients let in at another {@link #path}. */
    public WebSocketConfig withPath(String value) {
        return new WebSocketConfig(true, value, origins, headers, pingInterval, pongTimeout);
    }

    /** Returns these settings with pages of these {@link #origins} let in. */
    public WebSocketConfig withOrigins(String... values) {
        return new WebSocketConfig(listen, path, Set.copyOf(Check.list(values, "values")), headers, pingInterval, pongTimeout);
    }

    /**
     * Returns these settings with one more header for connections to one host.
     *
     * @throws IllegalArgumentException if it is no header, or one that the protocol itself needs
     */
    public WebSocketConfig withHeader(String host, String name, String value) {
        requireNonNull(host, "host");
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        check(name, value);
        Map<String, Map<String, String>> all = new HashMap<>(headers);
        Map<String, String> own = new HashMap<>(all.getOrDefault(host.toLowerCase(Locale.ROOT), Map.of()));
        own.put(name, value);
        all.put(host.toLowerCase(Locale.ROOT), Map.copyOf(own));
        return new WebSocketConfig(listen, path, origins, all, pingInterval, pongTimeout);
    }

    /** Returns these settings with other times for pings, in nanoseconds. */
    public WebSocketConfig withPings(long interval, long timeout) {
        return new WebSocketConfig(listen, path, origins, headers, interval, timeout);
    }

    /** Prints no header, as there may be secrets among them. */
    @Override
    public String toString() {
        return "WebSocketConfig[listen=" + listen + ", path=" + path + ", origins=" + origins + ", headers for " + headers.keySet() + "]";
    }
}
