package io.earshot.stir;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON of strangers: shallow objects only, and every value by its type. */
final class Json {
    /** The parser is recursive; a PASSporT is an object of objects of arrays. */
    private static final int MAX_DEPTH = 8;

    private Json() {
    }

    static JsonObject object(String text) throws Verdict {
        if (depth(text) > MAX_DEPTH) {
            throw Verdict.malformed("The signed claims are nested too deeply");
        }
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException broken) {
            throw Verdict.malformed("The signed claims are no JSON object: " + IdentityHeader.printable(broken.getMessage()));
        }
    }

    private static int depth(String text) {
        int depth = 0;
        int most = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                most = Math.max(most, ++depth);
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return most;
    }

    static Optional<String> string(JsonObject from, String name) {
        return from.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static Optional<JsonObject> child(JsonObject from, String name) {
        return from.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** Returns a string, or the strings of an array; other values are left out. */
    static List<String> strings(JsonObject from, String name) {
        List<String> found = new ArrayList<>();
        Object value = from.get(name);
        if (value instanceof String text) {
            found.add(text);
        } else if (value instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof String text) {
                    found.add(text);
                }
            });
        }
        return found;
    }
}
