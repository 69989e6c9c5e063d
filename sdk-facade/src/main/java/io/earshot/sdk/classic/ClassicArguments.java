package io.earshot.sdk.classic;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The arguments of one call of a classic function, by name, each of its type, the standard where it was left out. Immutable. */
final class ClassicArguments {
    private final Map<String, Object> values;

    private ClassicArguments(Map<String, Object> values) {
        this.values = values;
    }

    /** Takes values in the order of the function's arguments; those that are missing at the end have their standard. */
    static ClassicArguments of(ClassicFunction function, Object... given) {
        Map<String, Object> values = new HashMap<>();
        List<ClassicArgument> wanted = function.arguments();
        for (int i = 0; i < wanted.size(); i++) {
            ClassicArgument argument = wanted.get(i);
            Object value = i < given.length && given[i] != null ? given[i] : argument.standard();
            values.put(argument.name(), value instanceof String text ? typed(argument, text) : value);
        }
        return new ClassicArguments(values);
    }

    /**
     * Reads them from a command, by name or position.
     *
     * @throws IllegalArgumentException when one is not of its type; the message names it
     */
    static ClassicArguments of(ClassicFunction function, ClassicCommand command) {
        Map<String, Object> values = new HashMap<>();
        List<ClassicArgument> wanted = function.arguments(command);
        function.arguments().forEach(argument -> values.put(argument.name(), typed(argument, argument.standard())));
        for (int i = 0; i < wanted.size(); i++) {
            ClassicArgument argument = wanted.get(i);
            String name = argument.name();
            int position = i + 1;
            Optional<String> text = command.argument(name, position)
                    .or(() -> function.otherNames(name).stream().flatMap(other -> command.argument(other, position).stream()).findFirst());
            values.put(name, typed(argument, text.orElse(argument.standard())));
        }
        return new ClassicArguments(values);
    }

    private static Object typed(ClassicArgument argument, String raw) {
        String text = plain(argument, raw);
        String bare = text.strip();
        return switch (argument.kind()) {
            case TEXT -> text;
            case NUMBER -> number(argument, bare);
            case YES_NO -> List.of("true", "1", "yes").contains(bare.toLowerCase(Locale.ROOT));
            case BYTES -> bytes(argument, bare);
            case STREAM -> InputStream.nullInputStream();
        };
    }

    private static Integer number(ClassicArgument argument, String text) {
        try {
            return Integer.valueOf(text.isEmpty() ? argument.standard() : text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("argument " + argument.name() + "=" + text + ": a whole number is wanted", none);
        }
    }

    /** Base64 in the standard, URL-safe and classic alphabets, whose characters do not clash. */
    private static byte[] bytes(ClassicArgument argument, String text) {
        String standard = text.replace('.', '=').replace('-', '/').replace('_', '+');
        try {
            return Base64.getMimeDecoder().decode(standard.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("argument " + argument.name() + " is no Base64: " + broken.getMessage(), broken);
        }
    }

    /** Texts may come encrypted (B-025). */
    private static String plain(ClassicArgument argument, String text) {
        EncryptedValues.Read read = EncryptedValues.read(text);
        return read.text().orElseThrow(() -> new IllegalArgumentException("argument " + argument.name() + " " + read.problem()));
    }

    int line() {
        return number("line");
    }

    int number(String name) {
        return (Integer) get(name);
    }

    boolean yes(String name) {
        return (Boolean) get(name);
    }

    String text(String name) {
        return (String) get(name);
    }

    byte[] bytes(String name) {
        return ((byte[]) get(name)).clone();
    }

    InputStream stream(String name) {
        return (InputStream) get(name);
    }

    private Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no argument " + name + " in " + Arrays.toString(values.keySet().toArray()));
        }
        return value;
    }
}
