package io.earshot.api.proxy.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.proxy.ProxyConfig;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** What this machine says of proxies. */
public final class SystemProxy {
    private SystemProxy() {
    }

    /**
     * Returns the proxy to use for a server: the one given, or for {@link ProxyConfig#SYSTEM} what the system has for HTTPS to that server,
     * with the login of the one given if there is any. May block.
     *
     * @param host a name or an IP address
     * @return never of the kind {@code SYSTEM}
     */
    public static ProxyConfig choose(ProxyConfig proxy, String host, int port) {
        requireNonNull(host, "host");
        if (requireNonNull(proxy, "proxy").kind() != ProxyConfig.Kind.SYSTEM) {
            return proxy;
        }
        for (Proxy one : ask(host, port)) {
            if (one.address() instanceof InetSocketAddress address && one.type() != Proxy.Type.DIRECT) {
                ProxyConfig.Kind kind = one.type() == Proxy.Type.SOCKS ? ProxyConfig.Kind.SOCKS5 : ProxyConfig.Kind.HTTP;
                return new ProxyConfig(kind, address.getHostString(), address.getPort(), proxy.login());
            }
            return ProxyConfig.NONE; // the first is what the system prefers
        }
        return ProxyConfig.NONE;
    }

    private static List<Proxy> ask(String host, int port) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return List.of();
        }
        try {
            return selector.select(new URI("https", null, host.indexOf(':') < 0 ? host : "[" + host + "]", port, "/", null, null));
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return List.of();
        }
    }
}
