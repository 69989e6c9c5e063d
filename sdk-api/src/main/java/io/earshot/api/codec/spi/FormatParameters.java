package io.earshot.api.codec.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parameters of a media format, as in {@code a=fmtp} (RFC 8866 §6.15). Immutable; names compare without regard to case.
 *
 * @param raw the text after the payload type, as it came or goes; empty when there are none
 */
public record FormatParameters(String raw) {
    /** No parameters. */
    public static final FormatParameters NONE = new FormatParameters("");

    public FormatParameters {
        requireNonNull(raw, "raw");
    }

    /** Returns parameters that print as {@code name=value;name=value}, in the map's order. */
    public static FormatParameters of(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        Check.map(values, "values").forEach((name, value) ->
            out.append(out.isEmpty() ? "" : ";").append(name).append('=').append(value));
        return new FormatParameters(out.toString());
    }

    /** Returns the value of a parameter; an empty string for one that has a name only. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(asMap().get(requireNonNull(name, "name").toLowerCase(Locale.ROOT)));
    }

    /** Returns the value of a parameter that is a decimal number of at most nine digits, or empty when it is absent or is not. */
    public OptionalInt getInt(String name) {
        String value = asMap().getOrDefault(requireNonNull(name, "name").toLowerCase(Locale.ROOT), "");
        boolean number = !value.isEmpty() && value.length() < 10 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    /** Returns name and value, names in lower case, in order of appearance; the first wins where a name comes twice. */
    public Map<String, String> asMap() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : raw.split(";")) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                values.putIfAbsent(name, equals < 0 ? "" : part.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
