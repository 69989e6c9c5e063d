package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The WebSocket servers (RFC 7118) that an account sends everything over. Immutable; the {@code with} methods return changed copies.
 *
 * @param servers one or several, the heaviest first; empty for an account that does not use WebSocket
 * @param preloadedRoute whether requests that begin something name the server in a Route header
 * @param shortestRecovery least time between attempts to get a lost connection back
 * @param longestRecovery most time between such attempts
 * @param via what the Via header calls the transport
 * @param addressInContact whether a random IP address stands in Contact and Via rather than a random name under {@code .invalid}, for
 *     registrars that refuse names
 * @param contact the Contact to send in place of one of our making
 */
public record WebSockets(List<Server> servers, boolean preloadedRoute, Duration shortestRecovery, Duration longestRecovery,
        ViaTransport via, boolean addressInContact, Optional<String> contact) {
    /** No server: the account does not use WebSocket. */
    public static final WebSockets NONE = new WebSockets(List.of(), false, Duration.ofSeconds(2), Duration.ofSeconds(30),
        ViaTransport.TRUE, false, Optional.empty());

    /** What the Via header calls the transport. */
    public enum ViaTransport {
        /** What it is: WS or WSS. */
        TRUE,
        /** WS, for servers behind something that ends TLS for them. */
        WS,
        /** TCP, for servers that do not know WS. */
        TCP
    }

    /**
     * A server.
     *
     * @param uri {@code ws://host:port/path} or {@code wss://…}; the port is 80 or 443 unless given
     * @param weight the heaviest server that can be reached is used
     */
    public record Server(URI uri, int weight) {
        public Server {
            String scheme = requireNonNull(uri, "uri").getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("ws") && !scheme.equals("wss") || uri.getHost() == null || uri.getFragment() != null) {
                throw malformed(uri.toString(), "");
            }
            if (uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException("the WebSocket address of " + uri.getHost() + " has a login before its host, which "
                    + "would show in messages; give an Authorization header with PhoneBuilder.webSocketHeader instead");
            }
        }

        /** Tells whether the connection is encrypted. */
        public boolean isSecure() {
            return uri.getScheme().equalsIgnoreCase("wss");
        }

        /** Returns the port, given or not. */
        public int port() {
            return uri.getPort() >= 0 ? uri.getPort() : isSecure() ? 443 : 80;
        }
    }

    public WebSockets {
        List<Server> sorted = new ArrayList<>(Check.list(servers, "servers"));
        sorted.sort(Comparator.comparingInt(Server::weight).reversed());
        servers = List.copyOf(sorted);
        requireNonNull(via, "via");
        Check.filled(contact, "contact");
        requireNonNull(shortestRecovery, "shortestRecovery");
        requireNonNull(longestRecovery, "longestRecovery");
        if (shortestRecovery.isNegative() || shortestRecovery.isZero() || longestRecovery.compareTo(shortestRecovery) < 0
                || longestRecovery.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("the time between attempts to reconnect must be more than 0 and the longest at least the "
                + "shortest and at most a day, not " + Check.text(shortestRecovery) + " to " + Check.text(longestRecovery));
        }
    }

    /**
     * Returns settings with these servers, the first preferred.
     *
     * @param uris as {@code wss://pbx.example.com:8443/ws}
     * @throws IllegalArgumentException if one is no WebSocket address
     */
    public static WebSockets of(String... uris) {
        Check.list(uris, "uris");
        WebSockets all = NONE;
        for (int i = 0; i < uris.length; i++) {
            all = all.withServer(uris[i], uris.length - 1 - i);
        }
        return all;
    }

    /** Tells whether a text means a WebSocket server, well-formed or not. */
    public static boolean isAddress(String text) {
        return requireNonNull(text, "text").regionMatches(true, 0, "ws:", 0, 3) || text.regionMatches(true, 0, "wss:", 0, 4);
    }

    /** Tells whether there is no server. */
    public boolean isEmpty() {
        return servers.isEmpty();
    }

    /**
     * Returns a copy with one more server.
     *
     * @throws IllegalArgumentException if it is no WebSocket address
     */
    public WebSockets withServer(String uri, int weight) {
        List<Server> more = new ArrayList<>(servers);
        try {
            more.add(new Server(new URI(requireNonNull(uri, "uri")), weight));
        } catch (URISyntaxException e) {
            throw malformed(uri, ": " + e.getReason());
        }
        return new WebSockets(more, preloadedRoute, shortestRecovery, longestRecovery, via, addressInContact, contact);
    }

    /** Returns a copy with or without {@link #preloadedRoute}. */
    public WebSockets withPreloadedRoute(boolean on) {
        return new WebSockets(servers, on, shortestRecovery, longestRecovery, via, addressInContact, contact);
    }

    /** Returns a copy with other times between attempts to get a lost connection back. */
    public WebSockets withRecovery(Duration shortest, Duration longest) {
        return new WebSockets(servers, preloadedRoute, shortest, longest, via, addressInContact, contact);
    }

    /** Returns a copy with another name for the transport in Via. */
    public WebSockets withVia(ViaTransport name) {
        return new WebSockets(servers, preloadedRoute, shortestRecovery, longestRecovery, name, addressInContact, contact);
    }

    /** Returns a copy with or without {@link #addressInContact}. */
    public WebSockets withAddressInContact(boolean on) {
        return new WebSockets(servers, preloadedRoute, shortestRecovery, longestRecovery, via, on, contact);
    }

    /** Returns a copy with a Contact of the user's own. */
    public WebSockets withContact(String uri) {
        return new WebSockets(servers, preloadedRoute, shortestRecovery, longestRecovery, via, addressInContact,
            Optional.of(requireNonNull(uri, "uri")));
    }

    private static IllegalArgumentException malformed(String uri, String why) {
        return new IllegalArgumentException("'" + uri + "' is no WebSocket address" + why
            + "; write ws://host:port/path or wss://host:port/path");
    }
}
