package io.earshot.control.text;

import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code ?function=API_Call&line=-1&peer=1234}, with or without what stands before {@code function}. */
public final class QueryReader {
    private static final String FUNCTION = "function";

    private final Functions functions;

    /** Makes a reader. */
    public QueryReader(Functions functions) {
        this.functions = functions;
    }

    /** Reads a query string, after its question mark or with it. */
    public Reading read(String text, Dialect dialect) {
        String query = text.startsWith("/") ? text.substring(1) : text;
        List<Parameter> parameters = pairs(query.startsWith("?") ? query.substring(1) : query);
        return parameters.stream().filter(parameter -> parameter.name().equals(FUNCTION) && !parameter.value().isBlank()).findFirst()
                .<Reading>map(function -> new Reading.Read(
                        Command.of(functions, function.value(), parameters, dialect).without(FUNCTION)))
                .orElseGet(() -> new Reading.Unreadable("function is missing: write ?function=NAME&parameter=value"));
    }

    /** Returns the parameters of a query string or a form, decoded; those without a value are empty. */
    public static List<Parameter> pairs(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!name.isBlank()) {
                parameters.add(new Parameter(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1))));
            }
        }
        return parameters;
    }

    /** Decodes percent signs and plus signs; a text in which they mean nothing stays as it is. */
    static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return value;
        }
    }
}
