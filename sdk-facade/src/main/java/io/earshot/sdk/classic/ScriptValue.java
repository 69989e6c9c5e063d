package io.earshot.sdk.classic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259), and what scripts write in its place: names without quotes, single quotes, a comma behind the last entry. Objects
 * become maps in order, arrays lists, everything else texts; entries that are null or undefined are left out.
 */
final class ScriptValue {
    private static final int DEEPEST = 16;
    private static final int LONGEST = 65_536;

    private final String text;
    private int at;

    private ScriptValue(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @return a {@code Map<String, Object>}, a {@code List<Object>} or a {@code String}
     * @throws IllegalArgumentException saying what is wrong, without repeating the text
     */
    static Object read(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
        }
        ScriptValue reader = new ScriptValue(text);
        Object value = reader.value(0);
        if (reader.next() != 0) {
            throw reader.wrong("nothing more");
        }
        return value;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when it is none, saying why
     */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        if (read(text) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new IllegalArgumentException("an object is wanted, as {name: 'value'}");
    }

    /** Writes a value as JSON. */
    static String write(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((name, entry) -> entries.add(quoted(String.valueOf(name)) + ":" + write(entry)));
            return "{" + String.join(",", entries) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(",", list.stream().map(ScriptValue::write).toList()) + "]";
        }
        return quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
            }
        });
        return out.append('"').toString();
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("at character " + (at + 1) + " " + wanted + " is wanted");
    }

    /** Returns the next character that is no space, 0 at the end. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("it is nested more than " + DEEPEST + " deep");
        }
        char first = next();
        return first == '{' ? map(depth) : first == '[' ? list(depth) : first == '"' || first == '\'' ? quoted() : word();
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
            char first = next();
            String name = first == '"' || first == '\'' ? quoted() : word();
            if (next() != ':') {
                throw wrong("a colon");
            }
            at++;
            boolean plain = next() != '"' && next() != '\'';
            Object value = value(depth + 1);
            if (!plain || !value.equals("null") && !value.equals("undefined")) {
                map.put(name, value);
            }
            separator('}');
        }
        at++;
        return map;
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        at++;
        while (next() != ']') {
            list.add(value(depth + 1));
            separator(']');
        }
        at++;
        return list;
    }

    private void separator(char end) {
        if (next() == ',') {
            at++;
        } else if (next() != end) {
            throw wrong("a comma or " + end);
        }
    }

    /** A number, true, false, null, or a name. */
    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_$-+.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw wrong("a value");
        }
        return text.substring(start, at);
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        if (at >= text.length()) {
            throw wrong("the end of the text in quotes");
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        int known = "bfnrt".indexOf(c);
        if (known >= 0) {
            return "\b\f\n\r\t".charAt(known);
        }
        if (c != 'u') {
            return c;
        }
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) {
            throw wrong("a character as four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
}
