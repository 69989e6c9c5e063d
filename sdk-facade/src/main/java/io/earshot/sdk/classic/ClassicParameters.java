package io.earshot.sdk.classic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values of the classic parameters: what was given, checked against the registry, and the defaults of the rest. Immutable. */
public final class ClassicParameters {
    private static final List<String> YES = List.of("true", "1", "yes");

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
            problem(name, argument.substring(equals + 1), values).ifPresent(problems::add);
        }
        if (!values.getOrDefault("md5", "").isEmpty() && values.getOrDefault("realm", "").isEmpty()) {
            problems.add("parameter md5 holds for one realm only: give realm too");
        }
        ClassicWebSockets.problem(values).ifPresent(problems::add);
        ClassicSecurity.problem(values).ifPresent(problems::add);
        ClassicTunnel.problem(values).ifPresent(problems::add);
        ClassicNat.problem(values).ifPresent(problems::add);
        ClassicRegistration.problem(values).ifPresent(problems::add);
        return new Parsed(new ClassicParameters(values), problems);
    }

    /** Returns values that were checked one by one. */
    static ClassicParameters checked(Map<String, String> values) {
        return new ClassicParameters(values);
    }

    /** Puts one value where it belongs; returns what is wrong with it, if something is. */
    private static Optional<String> problem(String name, String value, Map<String, String> into) {
        Optional<ClassicParameter> found = ClassicRegistry.find(name);
        if (found.isEmpty()) {
            return Optional.of("unknown parameter '" + name + "'" + closest(name).map(near -> "; did you mean " + near + "?").orElse(""));
        }
        ClassicParameter row = found.get();
        EncryptedValues.Read plain = EncryptedValues.read(value);
        if (plain.text().isEmpty()) {
            return Optional.of("parameter " + row.name() + " " + plain.problem());
        }
        String text = plain.text().get();
        boolean none = text.equals("DEF") || text.equals("NULL");
        Optional<String> defect = none ? Optional.empty() : row.defect(text);
        if (defect.isPresent()) {
            return defect;
        }
        try {
            List<String> meaning = ForeignNames.meaning(row, none ? text : row.normal(text));
            if (!meaning.isEmpty()) {
                return meant(meaning, into);
            }
        } catch (IllegalArgumentException wrong) {
            return Optional.of("parameter " + row.name() + ": " + wrong.getMessage());
        }
        if (none) {
            into.remove(row.key(name));
        } else {
            into.put(row.key(name), row.normal(text));
        }
        return Optional.empty();
    }

    /** Gives parameters of ours what was said in the words of others. */
    private static Optional<String> meant(List<String> meaning, Map<String, String> into) {
        List<String> problems = new ArrayList<>();
        for (String pair : meaning) {
            boolean unlessGiven = pair.startsWith("?");
            String name = pair.substring(unlessGiven ? 1 : 0, pair.indexOf('='));
            if (!unlessGiven || !into.containsKey(name)) {
                problem(name, pair.substring(pair.indexOf('=') + 1), into).ifPresent(problems::add);
            }
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    /** Returns these with one more value, or with what is wrong with that; {@code DEF} and {@code NULL} take the default again. */
    public Parsed with(String name, String value) {
        Map<String, String> values = new LinkedHashMap<>(given);
        Optional<String> problem = problem(name, value, values);
        return new Parsed(problem.isEmpty() ? new ClassicParameters(values) : this, problem.stream().toList());
    }

    /** Returns these with further values, {@code name=value} each; what cannot be used changes nothing. */
    Parsed with(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>(given);
        List<String> problems = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                problems.add("argument '" + argument + "' is no name=value");
            } else {
                problem(argument.substring(0, equals).strip(), argument.substring(equals + 1), values).ifPresent(problems::add);
            }
        }
        return new Parsed(new ClassicParameters(values), problems);
    }

    /** Returns a line for each parameter given that has no effect, which is to be logged once. */
    public List<String> withoutEffect() {
        return given.keySet().stream().sorted().map(ClassicRegistry::find).flatMap(Optional::stream)
                .filter(row -> !(row.effect() instanceof ParameterEffect.Implemented))
                .map(row -> "parameter " + row.name() + (row.effect() instanceof ParameterEffect.Mapped mapped
                        ? " is known as: " + mapped.equivalent() : " has no effect: " + ((ParameterEffect.None) row.effect()).reason()))
                .toList();
    }

    /** Returns everything about one parameter, or empty when there is none of that name. */
    public static Optional<String> explain(String name) {
        return ClassicRegistry.find(name).map(ParameterPages::explain);
    }

    /** Returns a page of help: a line for each parameter. */
    public static String help() {
        return ParameterPages.help();
    }

    /**
     * Returns the values of what says how programs in other languages reach the phone, by name: those given and the defaults of the rest.
     */
    public Map<String, String> sockets() {
        Map<String, String> values = new LinkedHashMap<>();
        SocketRows.ROWS.forEach(row -> values.put(row.name(), text(row.name())));
        ClassicRegistry.find("polling").ifPresent(row -> values.put(row.name(), text(row.name())));
        return values;
    }

    String text(String name) {
        String value = given.get(name);
        return value != null ? value : row(name).standard();
    }

    Optional<String> given(String name) {
        return Optional.ofNullable(given.get(row(name).key(name))).filter(value -> !value.isEmpty());
    }

    /** Returns the values given of a parameter that stands for many names, by what follows this beginning of them. */
    Map<String, String> having(String beginning) {
        Map<String, String> found = new TreeMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(beginning)) {
                found.put(name.substring(beginning.length()), value);
            }
        });
        return found;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    boolean isOn(String name) {
        return YES.contains(text(name).toLowerCase(Locale.ROOT));
    }

    private static ClassicParameter row(String name) {
        return ClassicRegistry.find(name)
                .orElseThrow(() -> new IllegalArgumentException("no row for parameter " + name));
    }

    private static Optional<String> closest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ClassicRegistry.ROWS.stream().map(ClassicParameter::name)
                .filter(known -> known.contains(lower) || lower.contains(known) || known.regionMatches(0, lower, 0, 4)).findFirst();
    }
}
