package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.choice;
import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.PhoneBuilder;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelMode;
import io.earshot.api.tunnel.TunnelUse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The classic parameters of tunnels: {@code transport} 3, 4 and 5, the gateway, and the proxy before it. */
final class ClassicTunnel {
    /** The first value of {@code transport} that is no transport of its own. */
    static final int TUNNEL = 3;
    private static final int PROXY = 4;
    static final int WHEN_NEEDED = 5;

    static final List<ClassicParameter> ROWS = ParameterGroup.TRANSPORT.rows(
            text("httpserveraddress", "", "tunnel gateway of transport 3, 4 and 5: host[:port] or https://host:port/path; empty is "
                    + "serveraddress"),
            text("tunneluser", "", "who we are to the tunnel gateway; empty is username (Earshot)"),
            secret("tunnelkey", "our key at the tunnel gateway, at least 16 characters (Earshot)"),
            choice("tunnelmode", "auto", List.of("auto", "websocket", "streaming", "packets"),
                    "how the tunnel goes through HTTP (Earshot)"),
            number("usehttpproxy", 0, 4, 4, "HTTP proxy of the tunnel: 0 none, 1 proxyaddress, 2 that of the system, 3 httpproxyurl, "
                    + "4 httpproxyurl if there is one, else that of the system"),
            text("httpproxyurl", "", "that proxy: http://host:port or socks5://host:port, with user:password@ before the host"));

    private ClassicTunnel() {
    }

    /** Returns what is wrong, taking it out. */
    static Optional<String> problem(Map<String, String> values) {
        if (!wanted(values.getOrDefault("transport", "-1"))) {
            return Optional.empty();
        }
        try {
            config(values);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            String transport = values.remove("transport");
            return Optional.of("parameter transport=" + transport + " is not used: " + wrong.getMessage());
        }
    }

    private static boolean wanted(String transport) {
        return Long.parseLong(transport) >= TUNNEL;
    }

    /** Applies what concerns the whole phone. */
    static void apply(ClassicParameters from, PhoneBuilder to) {
        if (wanted(from.text("transport"))) {
            Map<String, String> values = new HashMap<>();
            for (String name : List.of("transport", "httpserveraddress", "serveraddress", "tunneluser", "username", "tunnelkey",
                    "tunnelmode", "usehttpproxy", "httpproxyurl", "proxyaddress")) {
                from.given(name).ifPresent(value -> values.put(name, value));
            }
            to.tunnel(config(values));
        }
    }

    private static TunnelConfig config(Map<String, String> values) {
        String gateway = filled(values, "httpserveraddress", "serveraddress");
        String user = filled(values, "tunneluser", "username");
        if (values.getOrDefault("tunnelkey", "").isEmpty()) {
            throw new IllegalArgumentException("a tunnel needs tunnelkey, which the gateway has for tunneluser " + user);
        }
        int transport = Integer.parseInt(values.get("transport"));
        return TunnelConfig.of(gateway, user, values.get("tunnelkey")).withProxy(proxy(values, transport == PROXY))
                .withMode(TunnelMode.valueOf(values.getOrDefault("tunnelmode", "auto").toUpperCase(Locale.ROOT)))
                .withUse(transport == WHEN_NEEDED ? TunnelUse.WHEN_NEEDED : TunnelUse.ALWAYS);
    }

    private static String filled(Map<String, String> values, String name, String otherwise) {
        String value = values.getOrDefault(name, "").isEmpty() ? values.getOrDefault(otherwise, "") : values.get(name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a tunnel needs " + name + (name.equals(otherwise) ? "" : " or " + otherwise));
        }
        return value;
    }

    private static ProxyConfig proxy(Map<String, String> values, boolean needed) {
        String url = values.getOrDefault("httpproxyurl", "");
        ProxyConfig proxy = switch (values.getOrDefault("usehttpproxy", "4")) {
            case "0" -> ProxyConfig.NONE;
            case "1" -> ProxyConfig.of(filled(values, "proxyaddress", "proxyaddress"));
            case "2" -> ProxyConfig.SYSTEM;
            case "3" -> ProxyConfig.of(filled(values, "httpproxyurl", "httpproxyurl"));
            default -> url.isEmpty() ? ProxyConfig.SYSTEM : ProxyConfig.of(url);
        };
        if (needed && proxy.kind() == ProxyConfig.Kind.NONE) {
            throw new IllegalArgumentException("it goes through an HTTP proxy, and usehttpproxy=0 says that there is none");
        }
        return proxy;
    }
}
