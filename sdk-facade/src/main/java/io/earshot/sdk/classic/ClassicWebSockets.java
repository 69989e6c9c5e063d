package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.WebSockets;
import io.earshot.api.WebSockets.ViaTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What classic parameters say about WebSocket. */
final class ClassicWebSockets {
    static final List<ClassicParameter> ROWS = ParameterGroup.WEBSOCKET.rows(
            ClassicParameter.text("ws_servers", "", "WebSocket servers, best first, with commas between: wss://host:port/path; "
                    + "or ['wss://…', …], or [{ws_uri: 'wss://…', weight: 10}, …]", "jssip.ws_servers"),
            ClassicParameter.number("connection_recovery_min_interval", 1, 3_600, 2, "least seconds between attempts to reconnect",
                    "jssip.connection_recovery_min_interval"),
            ClassicParameter.number("connection_recovery_max_interval", 1, 86_400, 30, "most seconds between attempts to reconnect",
                    "jssip.connection_recovery_max_interval"),
            ClassicParameter.yesNo("use_preloaded_route", false, "name the WebSocket server in a Route header",
                    "jssip.use_preloaded_route"),
            ClassicParameter.yesNo("hack_ip_in_contact", false, "a random IP address in Contact and Via instead of a random name",
                    "jssip.hack_ip_in_contact"),
            ClassicParameter.yesNo("hack_via_tcp", false, "write TCP into Via over WebSocket",
                    "jssip.hack_via_tcp"),
            ClassicParameter.yesNo("hack_via_ws", false, "write WS into Via over secure WebSocket",
                    "jssip.hack_via_ws"),
            ClassicParameter.text("websocketlisten", "", "take WebSocket clients at ws://address:port/path (Earshot)"),
            ClassicParameter.text("websocketorigins", "", "web origins whose pages may connect, with commas between; * for all (Earshot)"));

    private static final String LIST = "jssip.ws_servers[";
    private static final int MOST = 100;

    private ClassicWebSockets() {
    }

    /** Returns what is wrong with the values given, if something is. */
    static Optional<String> problem(Map<String, String> values) {
        for (String name : List.of("serveraddress", "proxyaddress", "ws_servers")) {
            String value = values.getOrDefault(name, "");
            if (WebSockets.isAddress(value) || name.equals("ws_servers") && !value.isEmpty()) {
                try {
                    WebSockets.of(name.equals("ws_servers") ? servers(value) : split(value));
                } catch (IllegalArgumentException malformed) {
                    values.remove(name);
                    return Optional.of("parameter " + name + ": " + malformed.getMessage());
                }
            }
        }
        int least = Integer.parseInt(values.getOrDefault("connection_recovery_min_interval", "2"));
        int most = Integer.parseInt(values.getOrDefault("connection_recovery_max_interval", "30"));
        if (least > most) {
            values.remove("connection_recovery_min_interval");
            values.remove("connection_recovery_max_interval");
            return Optional.of("parameter connection_recovery_min_interval=" + least + " is more than connection_recovery_max_interval="
                    + most);
        }
        return Optional.empty();
    }

    private static String[] split(String list) {
        return list.strip().split("\\s*,\\s*");
    }

    /** A server and its weight. */
    private record Weighted(String uri, long weight) { }

    /** Returns the addresses of a list, or of an array of addresses or of objects with address and weight, the heaviest first. */
    private static String[] servers(String list) {
        String text = list.strip();
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return split(text);
        }
        Object read = ScriptValue.read(text);
        List<Weighted> all = new ArrayList<>();
        for (Object one : read instanceof List<?> many ? many : List.of(read)) {
            if (one instanceof Map<?, ?> object && object.get("ws_uri") instanceof String uri) {
                all.add(new Weighted(uri, weight(String.valueOf(object.containsKey("weight") ? object.get("weight") : "0"))));
            } else if (one instanceof String uri) {
                all.add(new Weighted(uri, 0));
            } else {
                throw new IllegalArgumentException("each server is an address in quotes, or {ws_uri: 'wss://…', weight: 10}");
            }
        }
        return sorted(all);
    }

    private static long weight(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("a weight is a whole number, not " + text, none);
        }
    }

    private static String[] sorted(List<Weighted> all) {
        return all.stream().sorted(Comparator.comparingLong(Weighted::weight).reversed()).map(Weighted::uri).toArray(String[]::new);
    }

    /** Returns the servers of {@code jssip.ws_servers[0].ws_uri} and so on. */
    private static String[] listed(ClassicParameters from) {
        Map<String, String> parts = from.having(LIST);
        List<Weighted> all = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            String uri = parts.getOrDefault(i + "].ws_uri", "");
            if (!uri.isEmpty()) {
                all.add(new Weighted(uri, Long.parseLong(parts.getOrDefault(i + "].weight", "0"))));
            }
        }
        return sorted(all);
    }

    /** Returns the domain of an account: a WebSocket address as server stands for its host. */
    static Optional<String> domain(ClassicParameters from) {
        return from.given("serveraddress")
                .map(server -> WebSockets.isAddress(server) ? WebSockets.of(server).servers().get(0).uri().getHost() : server);
    }

    /** Returns the account with the WebSocket servers it is to use, if any. */
    static AccountConfig apply(ClassicParameters from, AccountConfig account) {
        List<String> uris = new ArrayList<>();
        from.given("ws_servers").ifPresent(list -> uris.addAll(List.of(servers(list))));
        uris.addAll(List.of(listed(from)));
        for (String name : List.of("proxyaddress", "serveraddress")) {
            from.given(name).filter(WebSockets::isAddress).ifPresent(uris::add);
        }
        if (uris.isEmpty()) {
            return account;
        }
        ViaTransport via = from.isOn("hack_via_tcp") ? ViaTransport.TCP : from.isOn("hack_via_ws") ? ViaTransport.WS : ViaTransport.TRUE;
        return account.withWebSockets(WebSockets.of(uris.toArray(String[]::new)).withVia(via)
                .withRecovery(Duration.ofSeconds(from.number("connection_recovery_min_interval")),
                        Duration.ofSeconds(from.number("connection_recovery_max_interval")))
                .withPreloadedRoute(from.isOn("use_preloaded_route")).withAddressInContact(from.isOn("hack_ip_in_contact")));
    }

    /** Applies what concerns the whole phone. */
    static void apply(ClassicParameters from, PhoneBuilder to) {
        from.given("websocketlisten").ifPresent(to::listenWebSocket);
        from.given("websocketorigins").ifPresent(list -> to.webSocketOrigins(split(list)));
        Map<String, String> headers = JsSipNames.headers(from);
        if (!headers.isEmpty()) {
            Set<String> hosts = ClassicConfig.of(from).account().webSockets().servers().stream().map(one -> one.uri().getHost())
                    .collect(Collectors.toCollection(TreeSet::new));
            hosts.forEach(host -> headers.forEach((name, value) -> to.webSocketHeader(host, name, value)));
        }
    }
}
