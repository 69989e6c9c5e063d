package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.script;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of a JsSIP user agent, as one object or by its names with {@code jssip.} before them, in the words of our parameters.
 * Names that mean the same as one of ours with the same values are aliases of that one.
 */
final class JsSipNames {
    private static final String PREFIX = "jssip.";
    private static final String NODE = "jssip.node_websocket_options";

    static final List<ClassicParameter> ROWS = ParameterGroup.FOREIGN.live(
            script("jssip", "the configuration of a JsSIP.UA: {uri: 'sip:a@b.org', ws_servers: 'wss://…', …} (Earshot)"),
            text("jssip.uri", "", "address of record: user name and domain; registrations last 600 s and calls ring 60 s then, where "
                    + "nothing else is said", "uri"),
            yesNo("jssip.register", true, "whether to register, with or without a password"),
            number("jssip.register_expires", 10, 86_400, 600, "registration life in seconds", "register_expires"),
            text("jssip.registrar_server", "", "where to register when it is not the domain of the address: sip:host",
                    "registrar_server"),
            script(NODE, "of the HTTP request: {origin, headers, requestOptions, clientConfig}", "node_websocket_options"),
            text(NODE + ".origin", "", "the Origin header of WebSocket connections"),
            script(NODE + ".headers", "headers of the HTTP request of WebSocket connections: {Name: 'value'}"),
            script(NODE + ".requestOptions", "of that request: {headers, rejectUnauthorized, ca, cert, key, passphrase, localAddress}; "
                    + "ca, cert and key are files"),
            script(NODE + ".clientConfig", "{tlsOptions: …}, of the same kind as requestOptions"),
            text("jssip.ws_servers[].ws_uri", "", "one of several WebSocket servers: jssip.ws_servers[0].ws_uri=wss://…"),
            number("jssip.ws_servers[].weight", 0, 65_535, 0, "its weight; the heaviest that can be reached is used"));

    private static final Pattern ADDRESS = Pattern.compile("(?i)(sips?:)?([^@;?\\s]+)@([^@;?\\s]+)");
    private static final Pattern SERVER = Pattern.compile("(?i)(?:sips?:)?([^@;?\\s]+)");
    /** Options of TLS in Node, and what they are here. */
    private static final Map<String, String> TLS = Map.of("ca", "tlscafile", "cert", "tlscertfile", "key", "tlskeyfile",
            "passphrase", "tlskeypassword", "localaddress", "bindip");

    private JsSipNames() {
    }

    /**
     * Returns what a value means, {@code name=value} each; only where nothing else is said when it begins with {@code ?}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static List<String> meaning(String name, String value) {
        return switch (name) {
            case "jssip" -> object(value);
            case "jssip.uri" -> address(value);
            case "jssip.register" -> List.of("register=" + (value.equals("true") ? 2 : 0));
            case "jssip.register_expires" -> List.of("registerinterval=" + value);
            case NODE -> options(value);
            case NODE + ".requestOptions" -> request(ScriptValue.object(value));
            case NODE + ".clientConfig" -> client(ScriptValue.object(value));
            default -> List.of();
        };
    }

    private static List<String> object(String value) {
        List<String> out = new ArrayList<>();
        ScriptValue.object(value).forEach((name, entry) -> out.add(PREFIX + name + "=" + plain(entry)));
        return out;
    }

    private static String plain(Object value) {
        return value instanceof String text ? text : ScriptValue.write(value);
    }

    private static List<String> address(String value) {
        Matcher address = ADDRESS.matcher(value);
        if (!address.matches()) {
            throw new IllegalArgumentException("an address is wanted, as sip:alice@example.com");
        }
        String host = address.group(3);
        boolean secure = "sips:".equalsIgnoreCase(address.group(1));
        return List.of("username=" + address.group(2), "serveraddress=" + (secure ? "sips:" : "") + host, "?registerinterval=600",
                "?no_answer_timeout=60", "?register=2");
    }

    /** Returns the host of a registrar that is named as an address. */
    static String registrar(String value) {
        Matcher server = SERVER.matcher(value);
        if (!server.matches()) {
            throw new IllegalArgumentException("parameter jssip.registrar_server=" + value + ": a server is wanted, as sip:example.com");
        }
        return server.group(1);
    }

    private static List<String> options(String value) {
        List<String> out = new ArrayList<>();
        ScriptValue.object(value).forEach((name, entry) -> out.add(NODE + "." + name + "=" + plain(entry)));
        return out;
    }

    private static List<String> client(Map<String, Object> options) {
        List<String> out = new ArrayList<>();
        options.forEach((name, value) -> {
            if (!name.equals("tlsOptions") || !(value instanceof Map<?, ?>)) {
                throw new IllegalArgumentException(name + " is not known here; tlsOptions is, an object");
            }
            out.add(NODE + ".requestOptions=" + ScriptValue.write(value));
        });
        return out;
    }

    private static List<String> request(Map<String, Object> options) {
        List<String> out = new ArrayList<>();
        options.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("rejectunauthorized")) {
                out.add("tlspolicy=" + (value.equals("false") ? 1 : 3));
            } else if (lower.equals("headers")) {
                out.add(NODE + ".headers=" + plain(value));
            } else if (TLS.containsKey(lower) && value instanceof String text && text.indexOf('\n') < 0) {
                out.add(TLS.get(lower) + "=" + text);
            } else {
                throw new IllegalArgumentException(name + " is not known here, or no line of text; headers, rejectUnauthorized, ca, cert, "
                        + "key (each a file), passphrase and localAddress are");
            }
        });
        return out;
    }

    /** Returns the headers of the HTTP request of WebSocket connections. */
    static Map<String, String> headers(ClassicParameters from) {
        Map<String, String> headers = new LinkedHashMap<>();
        from.given(NODE + ".headers").ifPresent(object -> ScriptValue.object(object).forEach((name, value) ->
                headers.put(name, plain(value))));
        from.given(NODE + ".origin").ifPresent(origin -> headers.put("Origin", origin));
        return headers;
    }
}
