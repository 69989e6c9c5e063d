package io.earshot.sdk.classic;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A function call as a line of text, in the query form {@code ?function=API_Call&line=-1&peer=1234}. Names are compared without regard to
 * case; {@code param1}, {@code param2}, … stand for positions.
 *
 * @param function with its {@code API_}
 * @param arguments by name in lower case
 */
public record ClassicCommand(String function, Map<String, String> arguments) {
    public ClassicCommand {
        arguments = Map.copyOf(arguments);
    }

    /** Returns the command, or empty when the line is none. */
    public static Optional<ClassicCommand> parse(String line) {
        String text = line.strip();
        String query = text.startsWith("/") ? text.substring(1) : text;
        String plain = query.startsWith("?") ? query.substring(1) : query;
        if (!plain.toLowerCase(Locale.ROOT).startsWith("function=")) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : plain.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                values.put(part.substring(0, equals).strip().toLowerCase(Locale.ROOT), decoded(part.substring(equals + 1)));
            }
        }
        String function = values.remove("function");
        return function.isEmpty() ? Optional.empty() : Optional.of(new ClassicCommand(function, values));
    }

    /** Returns an argument by its name or its position, counted from 1. */
    Optional<String> argument(String name, int position) {
        return Optional.ofNullable(arguments.getOrDefault(name, arguments.get("param" + position)));
    }

    /** Returns the line number, the first argument; -1 when it is not given. */
    int line() {
        try {
            return Integer.parseInt(argument("line", 1).orElse("-1").strip());
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return value;
        }
    }
}
