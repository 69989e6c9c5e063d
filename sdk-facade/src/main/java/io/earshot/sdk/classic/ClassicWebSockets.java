package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.WebSockets;
import io.earshot.api.WebSockets.ViaTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What classic parameters say about WebSocket. */
final class ClassicWebSockets {
    static final List<ClassicParameter> ROWS = ParameterGroup.WEBSOCKET.rows(
            ClassicParameter.text("ws_servers", "", "WebSocket servers, best first, with commas between: wss://host:port/path"),
            ClassicParameter.number("connection_recovery_min_interval", 1, 3_600, 2, "least seconds between attempts to reconnect"),
            ClassicParameter.number("connection_recovery_max_interval", 1, 86_400, 30, "most seconds between attempts to reconnect"),
            ClassicParameter.yesNo("use_preloaded_route", false, "name the WebSocket server in a Route header"),
            ClassicParameter.yesNo("hack_ip_in_contact", false, "a random IP address in Contact and Via instead of a random name"),
            ClassicParameter.yesNo("hack_via_tcp", false, "write TCP into Via over WebSocket"),
            ClassicParameter.yesNo("hack_via_ws", false, "write WS into Via over secure WebSocket"),
            ClassicParameter.text("websocketlisten", "", "take WebSocket clients at ws://address:port/path (Earshot)"),
            ClassicParameter.text("websocketorigins", "", "web origins whose pages may connect, with commas between; * for all (Earshot)"));

    private ClassicWebSockets() {
    }

    /** Returns what is wrong with the values given, if something is. */
    static Optional<String> problem(Map<String, String> values) {
        for (String name : List.of("serveraddress", "proxyaddress", "ws_servers")) {
            String value = values.getOrDefault(name, "");
            if (WebSockets.isAddress(value) || name.equals("ws_servers") && !value.isEmpty()) {
                try {
                    WebSockets.of(split(value));
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

    /** Returns the domain of an account: a WebSocket address as server stands for its host. */
    static Optional<String> domain(ClassicParameters from) {
        return from.given("serveraddress")
                .map(server -> WebSockets.isAddress(server) ? WebSockets.of(server).servers().get(0).uri().getHost() : server);
    }

    /** Returns the account with the WebSocket servers it is to use, if any. */
    static AccountConfig apply(ClassicParameters from, AccountConfig account) {
        List<String> uris = new ArrayList<>();
        from.given("ws_servers").ifPresent(list -> uris.addAll(List.of(split(list))));
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
    }
}
