package io.earshot.control.web;

import io.earshot.control.Access;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides who is let in. Against web pages of others: the Host must be ours (a name of somebody else's that leads here is DNS rebinding),
 * and what a browser says about the page that asks must be ours too.
 */
public final class Guard {
    private static final String BEARER = "bearer ";

    private final Access access;

    /** Makes one. */
    public Guard(Access access) {
        this.access = access;
    }

    /** Why somebody is not let in: a status of HTTP and a sentence. */
    public record Refusal(int status, String sentence) { }

    /** Tells whether a client at this address may talk to us at all. */
    public boolean admits(InetAddress peer) {
        return peer.isLoopbackAddress() || access.allowed().isEmpty() || access.allowed().stream().anyMatch(range -> range.contains(peer));
    }

    /** Tells whether a secret is the token; yes when there is none. */
    public boolean knows(Optional<String> secret) {
        return access.token().isEmpty() || secret.filter(given -> MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
                access.token().get().getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    /**
     * Judges whether a request of HTTP is for this server: it is not when the page that asks came by a name of somebody else's.
     *
     * @param header finds a header by its name, null when there is none
     */
    public Optional<Refusal> judgeHost(Function<String, String> header) {
        String host = header.apply("Host");
        return host == null || isOurs(host) ? Optional.empty() : Optional.of(new Refusal(403, "The host '" + shown(host)
                + "' is not this server's: use localhost or an IP address, or list the name in controlhosts."));
    }

    /**
     * Judges whether a request of HTTP is of a page of ours or of a program.
     *
     * @param header finds a header by its name, null when there is none
     */
    public Optional<Refusal> judgePage(Function<String, String> header) {
        String host = header.apply("Host");
        String origin = header.apply("Origin");
        if (origin != null) {
            return isAllowed(origin, host) ? Optional.empty() : foreign(origin);
        }
        String site = header.apply("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return foreign("a " + shown(site) + " page");
        }
        String referer = header.apply("Referer");
        return referer == null || isAllowed(originOf(referer), host) ? Optional.empty() : foreign(originOf(referer));
    }

    /** Tells whether a token that came in headers is right. */
    public boolean isAuthorized(Function<String, String> header, Optional<String> fromQuery) {
        String authorization = header.apply("Authorization");
        Optional<String> bearer = Optional.ofNullable(authorization).filter(text -> text.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(text -> text.substring(BEARER.length()).strip());
        return knows(bearer.or(() -> fromQuery));
    }

    /** Tells whether pages of an origin may read answers. */
    public boolean isListed(String origin) {
        return access.origins().contains(origin.toLowerCase(Locale.ROOT));
    }

    private boolean isAllowed(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return host != null && lower.replaceFirst("^https?://", "").equals(host.toLowerCase(Locale.ROOT)) && lower.contains("://")
                || isListed(origin);
    }

    private static Optional<Refusal> foreign(String who) {
        return Optional.of(new Refusal(403, "Pages of other sites may not drive the phone (" + shown(who)
                + "): list the page's origin in controlorigins."));
    }

    private boolean isOurs(String host) {
        String name = withoutPort(host.strip().toLowerCase(Locale.ROOT));
        boolean literal = name.startsWith("[") && name.endsWith("]") || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        return literal || name.equals("localhost") || access.hosts().contains(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static String originOf(String referer) {
        int start = referer.indexOf("://");
        int end = start < 0 ? -1 : referer.indexOf('/', start + 3);
        return end < 0 ? referer : referer.substring(0, end);
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x21-\\x7e ]", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }
}
