package io.earshot.sdk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What arguments cannot be, and what is said then. A key is {@code Type.component} of a record and {@code Type.method} otherwise, which
 * stands for the first argument of every method of that name, unless a component has it; {@code Type.method:2} for the second,
 * {@code Type.new:2} for constructors that are not a record's own. {@code Type.method(String)} means one of several methods.
 */
class BadArguments {
    /** One wrong value and its sentence, which holds for each of these arguments. */
    record Row(List<String> keys, Object value, String sentence) { }

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> fine = new LinkedHashMap<>();
    private final Map<String, Object> samples = new HashMap<>();
    private final Map<Class<?>, Object> subjects = new HashMap<>();

    /** This value is refused with this sentence. */
    final void wrong(Object value, String sentence, String... keys) {
        rows.add(new Row(List.of(keys), value, sentence));
    }

    /** No value of the argument's type but null is wrong. */
    final void fine(String reason, String... keys) {
        for (String key : keys) {
            fine.put(key, reason);
        }
    }

    /** What to give for this argument while another one is wrong. */
    final void sample(Object value, String... keys) {
        for (String key : keys) {
            samples.put(key, value);
        }
    }

    /** The object whose methods are called, and that is given where its type is asked for. */
    final <T> void subject(Class<T> type, T object) {
        subjects.put(type, object);
    }

    final List<Row> rows() {
        return rows;
    }

    final Map<String, String> fine() {
        return fine;
    }

    final Optional<Object> sample(ApiInventory.Argument argument) {
        return Optional.ofNullable(samples.get(argument.key())).or(() -> Optional.ofNullable(samples.get(plain(argument.key()))));
    }

    final Map<Class<?>, Object> subjects() {
        return subjects;
    }

    /** Tells whether a key of a row means an argument. */
    static boolean means(String key, ApiInventory.Argument argument) {
        return key.equals(argument.key()) || key.equals(plain(argument.key())) && !argument.hasNameOfComponent();
    }

    /** Returns a key without the types of the arguments, and without the number of the first. */
    static String plain(String key) {
        return key.replaceAll("\\(.*\\)", "").replaceAll(":1$", "");
    }
}
