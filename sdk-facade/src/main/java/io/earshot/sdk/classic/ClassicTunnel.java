package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.choice;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.PhoneBuilder;
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
    static final int WHEN_NEEDED = 5;

    static final List<ClassicParameter> ROWS = ParameterGroup.TRANSPORT.rows(
            text("httpserveraddress", "", "tunnel gateway of transport 3, 4 and 5: host[:port] or https://host:port/path; empty is "
                    + "serveraddress"),
            text("tunneluser", "", "who we are to the tunnel gateway; empty is username (Earshot)"),
            secret("tunnelkey", "our key at the tunnel gateway, at least 16 characters (Earshot)"),
            choice("tunnelmode", "auto", List.of("auto", "websocket", "streaming", "packets"),
                    "how the tunnel goes through HTTP (Earshot)"));

    private ClassicTunnel() {
    }

    /** Returns what is wrong, taking it out. */
    static Optional<String> problem(Map<String, String> values) {
        if (!wanted(values)) {
            return ClassicProxy.problem(values);
        }
        try {
            config(values);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            String transport = values.remove("transport");
            return Optional.of("parameter transport=" + transport + " is not used: " + wrong.getMessage());
        }
    }

    /** Through a proxy a server can be reached itself, and no tunnel is needed. */
    private static boolean wanted(Map<String, String> values) {
        long transport = Long.parseLong(values.getOrDefault("transport", "-1"));
        return transport >= TUNNEL && (transport != ClassicProxy.TRANSPORT || !values.getOrDefault("tunnelkey", "").isEmpty());
    }

    /** Applies what concerns the whole phone. */
    static void apply(ClassicParameters from, PhoneBuilder to) {
        Map<String, String> values = new HashMap<>();
        for (String name : List.of("transport", "httpserveraddress", "serveraddress", "tunneluser", "username", "tunnelkey",
                "tunnelmode", "usehttpproxy", "httpproxyurl", "proxyaddress")) {
            from.given(name).ifPresent(value -> values.put(name, value));
        }
        if (wanted(values)) {
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
        return TunnelConfig.of(gateway, user, values.get("tunnelkey")).withProxy(ClassicProxy.of(values))
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
}
