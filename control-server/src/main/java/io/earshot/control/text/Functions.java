package io.earshot.control.text;

import io.earshot.control.text.Signature.Argument;
import io.earshot.control.text.Signature.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The functions that there are. What requests are checked against and what the documents are made from. */
public final class Functions {
    private static final String PREFIX = "api_";

    private final Map<String, Signature> byName = new LinkedHashMap<>();

    /** Reads the table. */
    public Functions() {
        for (List<String> row : Table.read("functions.tsv")) {
            List<Argument> arguments = Arrays.stream(row.get(2).split(" ")).filter(text -> !text.isEmpty())
                    .map(text -> new Argument(text.substring(0, text.indexOf(':')), type(text.substring(text.indexOf(':') + 1)))).toList();
            byName.put(row.get(0).toLowerCase(Locale.ROOT), new Signature(row.get(0), type(row.get(1)), arguments, row.get(3)));
        }
    }

    private static Type type(String name) {
        return Type.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns all of them, in the order of the table. */
    public List<Signature> all() {
        return List.copyOf(byName.values());
    }

    /** Finds one; case does not matter, and {@code API_} may be missing. */
    public Optional<Signature> find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byName.getOrDefault(lower, byName.get(PREFIX + lower)));
    }
}
