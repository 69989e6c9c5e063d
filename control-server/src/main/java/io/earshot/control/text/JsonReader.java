package io.earshot.control.text;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code {"function":"API_Call","line":-1,"peer":"1234"}}. */
public final class JsonReader {
    private static final int DEEPEST = 16;

    private final Functions functions;

    /** Makes a reader. */
    public JsonReader(Functions functions) {
        this.functions = functions;
    }

    /** Reads a command. */
    public Reading read(String text) {
        return object(text).map(this::command).orElseGet(() -> new Reading.Unreadable("not a JSON object: write {\"function\":\"NAME\"}"));
    }

    /** Reads a command from an object; its member {@code id} is not of the command. */
    public Reading command(JsonObject object) {
        String function = "";
        List<Parameter> parameters = new ArrayList<>();
        for (Map.Entry<String, Object> member : object.entrySet()) {
            if (member.getValue() instanceof JsonObject || member.getValue() instanceof List) {
                return new Reading.Unreadable("member " + shown(member.getKey()) + " must be a text, a number, true or false");
            }
            String value = text(member.getValue());
            if (member.getKey().equalsIgnoreCase("function")) {
                function = value;
            } else if (!member.getKey().equalsIgnoreCase("id")) {
                parameters.add(new Parameter(member.getKey(), value));
            }
        }
        return function.isBlank() ? new Reading.Unreadable("member function is missing: write {\"function\":\"NAME\"}")
                : new Reading.Read(Command.of(functions, function, parameters, Dialect.JSON));
    }

    /** Returns a member's value as the text that a query would have; nothing for null. */
    public static String text(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE) {
            return Integer.toString(number.intValue());
        }
        return value == null ? "" : value.toString();
    }

    /** Returns an object, or empty when the text is none, or is nested deeper than a request needs. */
    public static Optional<JsonObject> object(String text) {
        if (depth(text) > DEEPEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonParser.object().from(text));
        } catch (JsonParserException none) {
            return Optional.empty();
        } catch (ClassCastException other) {
            return Optional.empty(); // an array, or a bare value
        }
    }

    /** Counts before parsing, as parsers of nested things recurse. */
    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return deepest;
    }

    private static String shown(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "…" : name;
    }
}
