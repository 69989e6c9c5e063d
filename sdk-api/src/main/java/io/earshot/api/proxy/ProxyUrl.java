package io.earshot.api.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the address of a proxy. */
final class ProxyUrl {
    private static final int HTTP_PORT = 8_080;
    private static final int SOCKS_PORT = 1_080;

    private ProxyUrl() {
    }

    static ProxyConfig read(String url) {
        URI uri;
        try {
            uri = new URI(url.contains("://") ? url : "http://" + url);
        } catch (URISyntaxException malformed) {
            throw refuse();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean socks = scheme.equals("socks5") || scheme.equals("socks");
        if (uri.getHost() == null || !socks && !scheme.equals("http")) {
            throw refuse();
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() > 0 ? uri.getPort() : socks ? SOCKS_PORT : HTTP_PORT;
        ProxyConfig proxy = socks ? ProxyConfig.socks5(host, port) : ProxyConfig.http(host, port);
        String login = uri.getRawUserInfo();
        if (login == null || login.isEmpty()) {
            return proxy;
        }
        int colon = login.indexOf(':');
        return colon < 0 ? proxy.withLogin(decoded(login), "")
            : proxy.withLogin(decoded(login.substring(0, colon)), decoded(login.substring(colon + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Says nothing of the address, for there may be a password in it. */
    private static IllegalArgumentException refuse() {
        return new IllegalArgumentException("the address of a proxy is host:port, http://host:port or socks5://host:port, "
            + "with user:password@ before the host if it wants a login");
    }
}
