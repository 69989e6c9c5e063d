package io.earshot.sdk.classic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The values of the classic parameters: what was given, checked against the registry, and the defaults of the rest. Immutable. */
public final class ClassicParameters {
    private final Map<String, String> given;

    private ClassicParameters(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    /**
     * The outcome of reading arguments.
     *
     * @param parameters what could be used
     * @param problems one sentence for each argument that could not
     */
    public record Parsed(ClassicParameters parameters, List<String> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /** Reads arguments of the form {@code name=value}; the last of several counts. */
    public static Parsed parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                problems.add("argument '" + argument + "' is no name=value");
                continue;
            }
            String name = argument.substring(0, equals).strip();
            String value = argument.substring(equals + 1);
            Optional<ClassicParameter> row = ClassicRegistry.ROWS.stream().filter(known -> known.isCalled(name)).findFirst();
            if (row.isEmpty()) {
                problems.add("unknown parameter '" + name + "'" + closest(name).map(near -> "; did you mean " + near + "?").orElse(""));
                continue;
            }
            Optional<String> defect = row.get().defect(value);
            if (defect.isPresent()) {
                problems.add(defect.get());
            } else {
                values.put(row.get().name(), value.strip());
            }
        }
        if (!values.getOrDefault("md5", "").isEmpty() && values.getOrDefault("realm", "").isEmpty()) {
            problems.add("parameter md5 holds for one realm only: give realm too");
        }
        ClassicWebSockets.problem(values).ifPresent(problems::add);
        ClassicRegistration.problem(values).ifPresent(problems::add);
        return new Parsed(new ClassicParameters(values), problems);
    }

    /** Returns a page of help: a line for each parameter. */
    public static String help() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        for (ClassicParameter row : ClassicRegistry.ROWS) {
            lines.add(String.format(Locale.ROOT, "  %-18s %s%s", row.name(), row.summary(),
                    row.standard().isEmpty() ? "" : " [" + row.standard() + "]"));
        }
        return lines.toString();
    }

    String text(String name) {
        return given.getOrDefault(name, row(name).standard());
    }

    Optional<String> given(String name) {
        return Optional.ofNullable(given.get(row(name).name())).filter(value -> !value.isEmpty());
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    boolean isOn(String name) {
        return List.of("true", "1", "yes").contains(text(name).toLowerCase(Locale.ROOT));
    }

    private static ClassicParameter row(String name) {
        return ClassicRegistry.ROWS.stream().filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row for parameter " + name));
    }

    private static Optional<String> closest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ClassicRegistry.ROWS.stream().map(ClassicParameter::name)
                .filter(known -> known.contains(lower) || lower.contains(known) || known.regionMatches(0, lower, 0, 4)).findFirst();
    }
}
