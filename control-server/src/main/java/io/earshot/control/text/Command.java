package io.earshot.control.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, whatever it looked like.
 *
 * @param signature of the function; empty when nobody knows it
 * @param function its name, as the table writes it or else as received
 * @param parameters as received, in order
 * @param dialect what it looked like
 */
public record Command(Optional<Signature> signature, String function, List<Parameter> parameters, Dialect dialect) {
    private static final String POSITION = "param";

    /**
     * One parameter.
     *
     * @param name in lower case; empty when only its position tells what it is
     */
    public record Parameter(String name, String value) {
        /** Makes a parameter, with its name in lower case. */
        public Parameter {
            name = name.strip().toLowerCase(Locale.ROOT);
        }
    }

    /** What requests look like. */
    public enum Dialect {
        /** {@code ?function=API_Call&line=-1}. */
        QUERY,
        /** {@code BOFCOMMANDBOFLINE…}. */
        CAPSULE,
        /** {@code API_Call,-1,1234}. */
        COMMA,
        JSON,
        FORM,
        XML,
        SOAP
    }

    public Command {
        parameters = List.copyOf(parameters);
    }

    /** Makes a command for a function that may exist. */
    public static Command of(Functions functions, String function, List<Parameter> parameters, Dialect dialect) {
        Optional<Signature> known = functions.find(function.strip());
        return new Command(known, known.map(Signature::name).orElse(function.strip()), parameters, dialect);
    }

    /** Returns the value of an argument by its name or its position, counted from 1. */
    public Optional<String> argument(String name, int position) {
        return Optional.ofNullable(named().getOrDefault(name.toLowerCase(Locale.ROOT), named().get(POSITION + position)));
    }

    /**
     * Returns the parameters by name. Those without one are named {@code param1}, {@code param2} …; where the signature is known, positions
     * are turned into its names. The first of several counts.
     */
    public Map<String, String> named() {
        List<Signature.Argument> arguments = signature.map(Signature::arguments).orElse(List.of());
        Map<String, String> named = new LinkedHashMap<>();
        int position = 0;
        for (Parameter parameter : parameters) {
            position++;
            int index = parameter.name().isEmpty() ? position : position(parameter.name());
            String name = index < 1 ? parameter.name()
                    : index <= arguments.size() ? arguments.get(index - 1).name().toLowerCase(Locale.ROOT) : POSITION + index;
            named.putIfAbsent(name, parameter.value());
        }
        return named;
    }

    /** Returns the same command without a parameter. */
    public Command without(String name) {
        List<Parameter> rest = new ArrayList<>(parameters);
        rest.removeIf(parameter -> parameter.name().equals(name));
        return new Command(signature, function, rest, dialect);
    }

    private static int position(String name) {
        String digits = name.startsWith(POSITION) ? name.substring(POSITION.length()) : "";
        boolean number = !digits.isEmpty() && digits.length() <= 2 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : 0;
    }
}
