package io.earshot.api.tunnel;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.proxy.ProxyConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * A tunnel gateway and how to reach it. Immutable; start from {@link #of}.
 *
 * @param gateway {@code https://host:port/path} or {@code http://…}; without TLS the tunnel encrypts by itself, with the key
 * @param user known to the gateway
 * @param key that user's, never printed and never sent
 * @param mode how to go through HTTP
 * @param proxy between us and the gateway
 * @param lateAfter audio that has waited so long is dropped, 40 ms to 2 s
 * @param use when to go through it
 */
public record TunnelConfig(URI gateway, String user, String key, TunnelMode mode, ProxyConfig proxy, Duration lateAfter,
        TunnelUse use) {
    /** The fewest characters of a key. */
    public static final int SHORTEST_KEY = 16;
    private static final int LONGEST_USER = 200;

    public TunnelConfig {
        requireNonNull(gateway, "gateway");
        Check.word(user, "user");
        checkKey(key, user);
        requireNonNull(mode, "mode");
        requireNonNull(proxy, "proxy");
        requireNonNull(use, "use");
        Check.range(lateAfter, Duration.ofMillis(40), Duration.ofSeconds(2), "lateAfter");
        String scheme = String.valueOf(gateway.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("https", "http").contains(scheme) || gateway.getHost() == null || gateway.getRawUserInfo() != null
                || gateway.getRawQuery() != null || gateway.getRawFragment() != null) {
            throw malformed(gateway.getHost() == null ? gateway.toString() : gateway.getHost());
        }
    }

    /** Refuses keys that can be guessed, and users that do not fit. */
    static void checkKey(String key, String user) {
        if (Check.line(key, "key").length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("the tunnel key of " + Check.shown(user) + " has " + key.length() + " characters: "
                + SHORTEST_KEY + " random ones are the least, so that nobody can guess it");
        }
        int length = user.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_USER) {
            throw new IllegalArgumentException("a tunnel user has at most " + LONGEST_USER + " bytes in UTF-8, not " + length);
        }
    }

    /**
     * Returns settings for a gateway.
     *
     * @param gateway as {@code https://gw.example.com/tunnel}; {@code https://} may be left out
     * @throws IllegalArgumentException when it is no such address or the key is short
     */
    public static TunnelConfig of(String gateway, String user, String key) {
        requireNonNull(gateway, "gateway");
        try {
            return new TunnelConfig(new URI(gateway.contains("://") ? gateway : "https://" + gateway), user, key, TunnelMode.AUTO,
                ProxyConfig.SYSTEM, Duration.ofMillis(200), TunnelUse.ALWAYS);
        } catch (URISyntaxException e) {
            throw malformed(gateway);
        }
    }

    private static IllegalArgumentException malformed(String gateway) {
        return new IllegalArgumentException("'" + gateway + "' is no address of a tunnel gateway; write https://host:port/path, with the "
            + "user and the key apart");
    }

    /** Tells whether the carrier is encrypted. */
    public boolean isSecure() {
        return gateway.getScheme().equalsIgnoreCase("https");
    }

    /** Returns the port, given or not. */
    public int port() {
        return gateway.getPort() >= 0 ? gateway.getPort() : isSecure() ? 443 : 80;
    }

    /** Returns the path, {@code /tunnel} unless given. */
    public String path() {
        String path = gateway.getRawPath();
        return path == null || path.length() < 2 ? "/tunnel" : path;
    }

    /** Returns these settings with another {@link #mode}. */
    public TunnelConfig withMode(TunnelMode value) {
        return new TunnelConfig(gateway, user, key, value, proxy, lateAfter, use);
    }

    /** Returns these settings with another {@link #proxy}. */
    public TunnelConfig withProxy(ProxyConfig value) {
        return new TunnelConfig(gateway, user, key, mode, value, lateAfter, use);
    }

    /** Returns these settings with another {@link #lateAfter}. */
    public TunnelConfig withLateAfter(Duration value) {
        return new TunnelConfig(gateway, user, key, mode, proxy, value, use);
    }

    /** Returns these settings for another {@link #use}. */
    public TunnelConfig withUse(TunnelUse value) {
        return new TunnelConfig(gateway, user, key, mode, proxy, lateAfter, value);
    }

    /** Prints no key. */
    @Override
    public String toString() {
        return "TunnelConfig[" + user + " at " + gateway + ", " + mode + ", proxy " + proxy.kind() + "]";
    }
}
