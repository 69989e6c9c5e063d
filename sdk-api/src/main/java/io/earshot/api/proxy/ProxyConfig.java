package io.earshot.api.proxy;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.Optional;

/**
 * Which proxy connections go through. Immutable; start from {@link #NONE}, {@link #SYSTEM}, {@link #http} or {@link #socks5}.
 *
 * @param kind what it is
 * @param host its name or IP address; empty for {@link Kind#NONE} and {@link Kind#SYSTEM}
 * @param port 1 to 65535; 0 where there is no host
 * @param login who we are to it, if it asks
 */
public record ProxyConfig(Kind kind, String host, int port, Optional<Login> login) {
    /** No proxy. */
    public static final ProxyConfig NONE = new ProxyConfig(Kind.NONE, "", 0, Optional.empty());
    /** What the system says (the properties {@code https.proxyHost} and so on, and the desktop with {@code java.net.useSystemProxies}). */
    public static final ProxyConfig SYSTEM = new ProxyConfig(Kind.SYSTEM, "", 0, Optional.empty());

    /** What a proxy is. */
    public enum Kind {
        /** There is none. */
        NONE,
        /** What {@link java.net.ProxySelector} says. */
        SYSTEM,
        /** HTTP with CONNECT (RFC 9110 §9.3.6), logins by Basic or Digest (RFC 7617, 7616). */
        HTTP,
        /** SOCKS version 5 (RFC 1928), logins by name and password (RFC 1929). */
        SOCKS5
    }

    /**
     * Who we are to a proxy.
     *
     * @param user 1 to 255 bytes for SOCKS
     * @param password never printed
     */
    public record Login(String user, String password) {
        public Login {
            Check.filled(user, "user");
            Check.line(password, "password");
        }

        /** Prints no password. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    public ProxyConfig {
        requireNonNull(kind, "kind");
        requireNonNull(host, "host");
        requireNonNull(login, "login");
        if (kind == Kind.HTTP || kind == Kind.SOCKS5) {
            Check.word(host, "host");
            Check.range(port, 1, 65_535, "port", "8080 and 3128 are usual for HTTP, 1080 for SOCKS");
        } else if (!host.isEmpty() || port != 0) {
            throw new IllegalArgumentException("a proxy host goes with the kinds HTTP and SOCKS5 only, not with " + kind);
        }
    }

    /** Returns an HTTP proxy. */
    public static ProxyConfig http(String host, int port) {
        return new ProxyConfig(Kind.HTTP, host, port, Optional.empty());
    }

    /** Returns a SOCKS5 proxy. */
    public static ProxyConfig socks5(String host, int port) {
        return new ProxyConfig(Kind.SOCKS5, host, port, Optional.empty());
    }

    /**
     * Reads {@code host:port}, {@code http://user:password@host:port} or {@code socks5://…}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ProxyConfig of(String url) {
        return ProxyUrl.read(requireNonNull(url, "url"));
    }

    /** Returns this proxy with a login. */
    public ProxyConfig withLogin(String user, String password) {
        return new ProxyConfig(kind, host, port, Optional.of(new Login(user, password)));
    }
}
