package io.earshot.cli;

import io.earshot.control.Access;
import io.earshot.control.AddressRange;
import io.earshot.control.ControlConfig;
import io.earshot.control.ControlLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The parameters of the control server, taken from among the classic ones. */
final class ControlSettings {
    /** Name and summary of each. */
    private static final Map<String, String> OWN = own();
    /** Names that the phone knows too. */
    private static final Map<String, String> SHARED = Map.of("polling", "polling", "jsscriptpoll", "polling", "jscriptpoll", "polling");

    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ControlSettings() {
    }

    /**
     * What was read.
     *
     * @param config empty when no port is wanted
     * @param rest arguments for the phone
     * @param problems a sentence for each that cannot be used
     */
    record Parsed(Optional<ControlConfig> config, List<String> rest, List<String> problems) { }

    private static Map<String, String> own() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("wpapiudplistenport", "port for commands by UDP, 0 for none [19422]");
        rows.put("wpapilistenport", "port for commands by TCP, HTTP and WebSocket, 0 for none [0]");
        rows.put("wpapiwindowsport", "port for TCP with the answers of the Windows service, usually 18620 [0]");
        rows.put("wpapiconnectport", "where on 127.0.0.1 notifications go until a command has come by UDP [19421]");
        rows.put("canuseudpnotifications", "notifications to that port: 0 never, 1 when nobody is connected, 2 always, else from this port [1]");
        rows.put("httpsessiontimeout", "minutes after which a session over HTTP without requests ends, 0 for never [60]");
        rows.put("controlbind", "address that the control server listens on; others than loopback want controltoken [127.0.0.1]");
        rows.put("controltoken", "secret of at least 16 characters that every client has to know");
        rows.put("controltokenfile", "file whose first line is the controltoken");
        rows.put("controlallow", "addresses of other machines that may connect, as 192.168.1.5,10.0.0.0/8 [all]");
        rows.put("controlhosts", "names by which web clients reach the control server, besides localhost and IP addresses");
        rows.put("controlorigins", "origins of web pages that may use the control server, besides its own");
        return rows;
    }

    /** Returns a page of help: a line for each parameter. */
    static String help() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        OWN.forEach((name, summary) -> lines.add(String.format(Locale.ROOT, "  %-18s %s", name, summary)));
        return lines.toString();
    }

    /** Takes the control server's parameters out of arguments {@code name=value}. */
    static Parsed parse(List<String> arguments) {
        ControlSettings settings = new ControlSettings();
        List<String> rest = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? "" : argument.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (OWN.containsKey(name) || SHARED.containsKey(name)) {
                settings.given.put(SHARED.getOrDefault(name, name), argument.substring(equals + 1).strip());
            }
            if (!OWN.containsKey(name)) {
                rest.add(argument);
            }
        }
        Optional<ControlConfig> config = settings.config();
        return new Parsed(config.filter(wanted -> wanted.udpPort() != 0 || wanted.tcpPort() != 0 || wanted.windowsPort() != 0), rest,
                settings.problems);
    }

    private Optional<ControlConfig> config() {
        ControlConfig standard = ControlConfig.DEFAULT;
        try {
            ControlConfig config = new ControlConfig(bind(standard.bind()), number("wpapiudplistenport", standard.udpPort()),
                    number("wpapilistenport", standard.tcpPort()), number("wpapiwindowsport", standard.windowsPort()),
                    number("wpapiconnectport", standard.notifyPort()), number("canuseudpnotifications", standard.outOfBand()),
                    polling(), number("httpsessiontimeout", standard.sessionMinutes()), access(), ControlLimits.DEFAULT);
            return problems.isEmpty() ? Optional.of(config) : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            problems.add(wrong.getMessage());
            return Optional.empty();
        }
    }

    private Access access() {
        Optional<String> token = Optional.ofNullable(given.get("controltoken")).filter(text -> !text.isEmpty()).or(this::tokenFromFile);
        return new Access(token, list("controlallow").stream().map(AddressRange::parse).toList(), lower("controlhosts"),
                lower("controlorigins"));
    }

    private Optional<String> tokenFromFile() {
        return Optional.ofNullable(given.get("controltokenfile")).filter(text -> !text.isEmpty()).map(file -> {
            try {
                return Files.readString(Path.of(file)).lines().findFirst().orElse("").strip();
            } catch (IOException | InvalidPathException unreadable) {
                throw new IllegalArgumentException("controltokenfile=" + file + " cannot be read: " + unreadable.getMessage(), unreadable);
            }
        });
    }

    private InetAddress bind(InetAddress standard) {
        String text = given.getOrDefault("controlbind", "");
        try {
            return text.isEmpty() ? standard : InetAddress.getByName(text);
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException("controlbind=" + text + " is no address of this machine: write 127.0.0.1 or 0.0.0.0", none);
        }
    }

    /** The phone refuses other values itself, with a sentence of its own. */
    private int polling() {
        String text = given.getOrDefault("polling", "-1");
        return List.of("0", "1", "2", "3").contains(text) ? Integer.parseInt(text) : -1;
    }

    private int number(String name, int standard) {
        String text = given.getOrDefault(name, "");
        if (text.isEmpty() || text.equals("DEF")) {
            return standard;
        }
        if (!text.matches("\\d{1,9}")) {
            problems.add("parameter " + name + "=" + text + ": a whole number from 0 is wanted");
            return standard;
        }
        return Integer.parseInt(text);
    }

    private List<String> list(String name) {
        return Arrays.stream(given.getOrDefault(name, "").split(",")).map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    private Set<String> lower(String name) {
        return list(name).stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
