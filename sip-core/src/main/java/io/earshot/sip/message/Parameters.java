package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The {@code ;name=value} parameters of a header value or a URI: immutable, in their order, names compared ignoring case
 * (RFC 3261 §7.3.1, §19.1.1). A parameter may lack a value. Values are kept as they are on the wire; {@link #get} removes quotes.
 */
public final class Parameters {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(new String[0]);

    /** Name, raw value or null, name, ... */
    private final String[] pairs;

    private Parameters(String[] pairs) {
        this.pairs = pairs;
    }

    /** Returns a single parameter; see {@link #with(String, String)}. */
    public static Parameters of(String name, String value) {
        return NONE.with(name, value);
    }

    /**
     * Parses {@code ;a=b;c}; the first semicolon may be missing.
     *
     * @throws IllegalArgumentException if {@code text} is malformed
     */
    public static Parameters parse(String text) {
        String trimmed = requireNonNull(text, "text").strip();
        if (trimmed.isEmpty()) {
            return NONE;
        }
        Cursor cursor = new Cursor(trimmed.startsWith(";") ? trimmed : ";" + trimmed);
        Parameters parsed = read(cursor);
        if (parsed == null || !cursor.finished()) {
            throw new IllegalArgumentException("malformed parameters \"" + text + "\": " + cursor.defect());
        }
        return parsed;
    }

    /** Reads {@code *( SEMI generic-param )} of a header; null if malformed. A name that comes twice is a defect (§7.3.1). */
    static Parameters read(Cursor c) {
        if (!c.accept(';')) {
            return NONE;
        }
        String[] pairs = new String[8];
        int n = 0;
        do {
            if (n / 2 >= c.limits.maxParameters()) {
                return c.fail("more than " + c.limits.maxParameters() + " parameters");
            }
            String name = c.token("parameter name");
            if (name == null) {
                return null;
            }
            if (indexOf(pairs, n, name) >= 0) {
                return c.fail("parameter " + name + " appears twice");
            }
            String value = null;
            if (c.accept('=')) {
                value = readValue(c);
                if (value == null) {
                    return null;
                }
            }
            if (n == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * n);
            }
            pairs[n++] = name;
            pairs[n++] = value;
        } while (c.accept(';'));
        return new Parameters(n == pairs.length ? pairs : Arrays.copyOf(pairs, n));
    }

    private static String readValue(Cursor c) {
        int start = c.pos;
        if (c.peek() == '"') {
            return c.skipQuoted() ? c.text(start) : null;
        }
        return c.skip(Chars.VALUE) ? Words.text(c.buf, start, c.pos) : c.fail("parameter value missing");
    }

    /** Wraps pairs already checked; takes the array over. */
    static Parameters ofPairs(String[] pairs) {
        return pairs.length == 0 ? NONE : new Parameters(pairs);
    }

    private static int indexOf(String[] pairs, int count, String name) {
        for (int i = 0; i < count; i += 2) {
            if (Chars.equalsIgnoreCase(pairs[i], name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the value of the parameter without quotes; empty if the parameter is absent or has no value. */
    public Optional<String> get(String name) {
        String raw = raw(name);
        return raw == null ? Optional.empty() : Optional.of(Quoting.unquote(raw));
    }

    /** Returns the value as on the wire, or null. */
    String raw(String name) {
        int i = indexOf(pairs, pairs.length, name);
        return i < 0 ? null : pairs[i + 1];
    }

    /** Returns whether the parameter is there, with or without a value. */
    public boolean has(String name) {
        return indexOf(pairs, pairs.length, name) >= 0;
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** Returns the names as spelled, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(pairs.length / 2);
        for (int i = 0; i < pairs.length; i += 2) {
            names.add(pairs[i]);
        }
        return List.copyOf(names);
    }

    /**
     * Sets a parameter, in its place if it exists, else at the end.
     *
     * @param value the value; put between quotes if its characters need it
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} contains a line break
     */
    public Parameters with(String name, String value) {
        requireNonNull(value, "value");
        Quoting.requireNoLineBreak(value, "value of parameter " + name);
        return put(name, Chars.all(value, Chars.VALUE) || Quoting.isQuoted(value) ? value : Quoting.quote(value));
    }

    /** Sets a parameter without value, such as {@code lr}. */
    public Parameters with(String name) {
        return put(name, null);
    }

    /** Sets a raw value. */
    Parameters put(String name, String value) {
        if (!Chars.all(requireNonNull(name, "name"), Chars.TOKEN)) {
            throw new IllegalArgumentException("not a parameter name: \"" + name + "\"");
        }
        int i = indexOf(pairs, pairs.length, name);
        String[] copy = i < 0 ? Arrays.copyOf(pairs, pairs.length + 2) : pairs.clone();
        int at = i < 0 ? pairs.length : i;
        copy[at] = name;
        copy[at + 1] = value;
        return new Parameters(copy);
    }

    /** Returns these without the parameter of that name. */
    public Parameters without(String name) {
        int i = indexOf(pairs, pairs.length, name);
        if (i < 0) {
            return this;
        }
        String[] copy = new String[pairs.length - 2];
        System.arraycopy(pairs, 0, copy, 0, i);
        System.arraycopy(pairs, i + 2, copy, i, copy.length - i);
        return ofPairs(copy).without(name);
    }

    int size() {
        return pairs.length / 2;
    }

    String name(int i) {
        return pairs[2 * i];
    }

    String rawValue(int i) {
        return pairs[2 * i + 1];
    }

    void appendTo(StringBuilder out) {
        for (int i = 0; i < pairs.length; i += 2) {
            out.append(';').append(pairs[i]);
            if (pairs[i + 1] != null) {
                out.append('=').append(pairs[i + 1]);
            }
        }
    }

    /** Returns whether both hold the same parameters in the same order; names ignoring case, values exactly. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Parameters parameters) || parameters.pairs.length != pairs.length) {
            return false;
        }
        for (int i = 0; i < pairs.length; i += 2) {
            if (!Chars.equalsIgnoreCase(pairs[i], parameters.pairs[i]) || !Objects.equals(pairs[i + 1], parameters.pairs[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < pairs.length; i += 2) {
            hash = 31 * hash + Chars.hashIgnoreCase(pairs[i]);
            hash = 31 * hash + Objects.hashCode(pairs[i + 1]);
        }
        return hash;
    }

    /** Returns the wire form, each parameter with its semicolon. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        appendTo(out);
        return out.toString();
    }
}
