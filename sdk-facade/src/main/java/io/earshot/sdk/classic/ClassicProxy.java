package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.WebSockets;
import io.earshot.api.proxy.ProxyConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classic parameters of HTTP and SOCKS proxies. A tunnel goes through what is said, or through the system's where nothing is; so does
 * {@code transport=4} without a tunnel; other transports go through a proxy that is named, and else directly.
 */
final class ClassicProxy {
    /** The value of {@code transport} that goes through a proxy. */
    static final int TRANSPORT = 4;
    private static final List<Integer> SECURED = List.of(443, 5061);

    static final List<ClassicParameter> ROWS = ParameterGroup.TRANSPORT.rows(
            number("usehttpproxy", 0, 4, 4, "proxy: 0 none, 1 proxyaddress, 2 that of the system, 3 httpproxyurl, 4 httpproxyurl if there "
                    + "is one, else for tunnels and transport=4 that of the system"),
            text("httpproxyurl", "", "that proxy: http://host:port or socks5://host:port, with user:password@ before the host"));

    private ClassicProxy() {
    }

    /** Returns what is wrong, taking it out. */
    static Optional<String> problem(Map<String, String> values) {
        try {
            of(values);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            if (values.getOrDefault("transport", "-1").equals(Integer.toString(TRANSPORT))) {
                return Optional.of("parameter transport=" + values.remove("transport") + " is not used: " + wrong.getMessage());
            }
            String proxy = values.remove("usehttpproxy");
            values.remove("httpproxyurl");
            return Optional.of("parameter " + (proxy == null ? "httpproxyurl" : "usehttpproxy=" + proxy) + " is not used: "
                    + wrong.getMessage());
        }
    }

    /**
     * Returns the proxy of a tunnel, or of connections to servers.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static ProxyConfig of(Map<String, String> values) {
        String url = values.getOrDefault("httpproxyurl", "");
        boolean needed = values.getOrDefault("transport", "-1").equals(Integer.toString(TRANSPORT));
        ProxyConfig proxy = switch (values.getOrDefault("usehttpproxy", "4")) {
            case "0" -> ProxyConfig.NONE;
            case "1" -> ProxyConfig.of(filled(values, "proxyaddress"));
            case "2" -> ProxyConfig.SYSTEM;
            case "3" -> ProxyConfig.of(filled(values, "httpproxyurl"));
            default -> url.isEmpty() ? ProxyConfig.SYSTEM : ProxyConfig.of(url);
        };
        if (needed && proxy.kind() == ProxyConfig.Kind.NONE) {
            throw new IllegalArgumentException("it goes through an HTTP proxy, and usehttpproxy=0 says that there is none");
        }
        return proxy;
    }

    private static String filled(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a proxy needs " + name);
        }
        return value;
    }

    /** Returns what connections to servers go through: none if nobody says so. */
    static ProxyConfig network(ClassicParameters from) {
        Map<String, String> values = values(from);
        boolean automatic = values.getOrDefault("usehttpproxy", "4").equals("4");
        return automatic && !values.containsKey("httpproxyurl") && from.number("transport") != TRANSPORT ? ProxyConfig.NONE : of(values);
    }

    private static Map<String, String> values(ClassicParameters from) {
        Map<String, String> values = new HashMap<>();
        for (String name : List.of("transport", "usehttpproxy", "httpproxyurl", "proxyaddress")) {
            from.given(name).ifPresent(value -> values.put(name, value));
        }
        return values;
    }

    /** Returns the transport of SIP through a proxy, by the server's port; none for WebSockets, which have theirs. */
    static Optional<String> transport(ClassicParameters from) {
        boolean webSocket = from.given("ws_servers").isPresent()
                || Stream.of("serveraddress", "proxyaddress").anyMatch(name -> from.given(name).filter(WebSockets::isAddress).isPresent());
        String server = from.given("serveraddress").orElse("");
        return webSocket ? Optional.empty()
                : Optional.of(SECURED.stream().anyMatch(port -> server.endsWith(":" + port)) ? "TLS" : "TCP");
    }
}
