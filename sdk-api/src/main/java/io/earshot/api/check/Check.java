package io.earshot.api.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses arguments that cannot be, at once and with a sentence that names the argument, its value and what to write instead. A null is a
 * {@link NullPointerException}, anything else an {@link IllegalArgumentException}.
 */
public final class Check {
    private static final int MOST_SHOWN = 40;
    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    private Check() {
    }

    /**
     * Returns the value, which is there.
     *
     * @throws NullPointerException when it is not
     */
    public static <T> T requireNonNull(T value, String name) {
        if (value == null) {
            throw new NullPointerException(name + " must not be null");
        }
        return value;
    }

    /** Returns an unmodifiable copy without a null in it. */
    public static <T> List<T> list(Collection<? extends T> values, String name) {
        List<T> copy = new ArrayList<>(requireNonNull(values, name));
        for (int i = 0; i < copy.size(); i++) {
            requireNonNull(copy.get(i), name + "[" + i + "]");
        }
        return Collections.unmodifiableList(copy);
    }

    /** Returns the elements of an array of which none is null. */
    public static <T> List<T> list(T[] values, String name) {
        return list(Arrays.asList(requireNonNull(values, name)), name);
    }

    /** Returns the different elements, of which none is null. */
    public static <T> Set<T> set(Collection<? extends T> values, String name) {
        return Set.copyOf(Check.<T>list(values, name));
    }

    /** Returns a copy of texts each of which is one line and not empty. */
    public static List<String> lines(Collection<String> values, String name) {
        List<String> copy = list(values, name);
        for (int i = 0; i < copy.size(); i++) {
            filled(copy.get(i), name + "[" + i + "]");
        }
        return copy;
    }

    /** Returns a text that is one line: without line breaks and other control characters, so that it can stand in a header. */
    public static String line(String text, String name) {
        requireNonNull(text, name);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) {
                throw new IllegalArgumentException(name + " must be one line of text, but has " + (c == '\r' || c == '\n' ? "a line break"
                        : "the control character " + (int) c) + " after " + i + " characters: leave it out");
            }
        }
        return text;
    }

    /** Returns one line of text with something in it. */
    public static String filled(String text, String name) {
        if (line(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty: write one line of text");
        }
        return text;
    }

    /** Checks a text that need not be there, but is one line and not empty when it is. */
    public static void filled(Optional<String> text, String name) {
        requireNonNull(text, name).ifPresent(there -> filled(there, name));
    }

    /** Checks a text that need not be there, but is one line when it is. */
    public static void line(Optional<String> text, String name) {
        requireNonNull(text, name).ifPresent(there -> line(there, name));
    }

    /** Returns one word that can stand as a parameter's value: no blanks, separators, quotes or brackets. */
    public static String word(String text, String name) {
        filled(text, name);
        if (text.chars().anyMatch(c -> c <= ' ' || c == 127 || ";,\"<>\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(name + " must be one word without blanks, quotes and any of ; , < > \\, not "
                    + shown(text));
        }
        return text;
    }

    /** Checks an address between angle brackets: one line, not empty, and without the brackets themselves. */
    public static String address(String text, String name) {
        filled(text, name);
        if (text.indexOf('<') >= 0 || text.indexOf('>') >= 0) {
            throw new IllegalArgumentException(name + " must be the bare address, as sip:user@domain without < and >, not " + shown(text));
        }
        return text;
    }

    /** Returns the name of a header: a token of RFC 3261 §25.1. */
    public static String headerName(String text, String name) {
        requireNonNull(text, name);
        if (text.isEmpty() || !text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0))) {
            throw new IllegalArgumentException(shown(text) + " is no header name: write letters, digits and any of " + TOKEN_MARKS);
        }
        return text;
    }

    /** Returns an unmodifiable copy in the same order, of headers that cannot inject others. */
    public static Map<String, String> headers(Map<String, String> headers, String name) {
        Map<String, String> copy = new LinkedHashMap<>(requireNonNull(headers, name));
        copy.forEach((key, value) -> {
            headerName(key, "a name in " + name);
            line(value, "the value of header " + key);
        });
        return Collections.unmodifiableMap(copy);
    }

    /** Returns headers with one more, as {@link #headers} does. */
    public static Map<String, String> withHeader(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(headerName(name, "name"), line(requireNonNull(value, "value"), "the value of header " + name));
        return more;
    }

    /** Checks a content type, as {@code text/plain}, with parameters or without; empty stands for none. */
    public static String contentType(String type, String name) {
        if (!line(type, name).isEmpty() && !type.matches("[A-Za-z0-9!#$&.+^_*-]+/[A-Za-z0-9!#$&.+^_*-]+ *(;.*)?")) {
            throw new IllegalArgumentException(shown(type) + " is no content type: write one such as application/json");
        }
        return type;
    }

    /** Returns a number from the first to the last; {@code fix} is what else to say, or empty. */
    public static int range(int value, int first, int last, String name, String fix) {
        if (value < first || value > last) {
            throw new IllegalArgumentException(name + " " + value + " is not between " + first + " and " + last
                    + (fix.isEmpty() ? "" : "; " + fix));
        }
        return value;
    }

    /** Returns a number from the first to the last. */
    public static int range(int value, int first, int last, String name) {
        return range(value, first, last, name, "");
    }

    /** Returns a time from the shortest to the longest. */
    public static Duration range(Duration value, Duration shortest, Duration longest, String name) {
        requireNonNull(value, name);
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(name + " must be " + text(shortest) + " to " + text(longest) + ", not " + text(value));
        }
        return value;
    }

    /** Checks a part of an array, as those who give sound do. */
    public static void part(short[] pcm, int offset, int samples) {
        requireNonNull(pcm, "pcm");
        if (offset < 0 || samples < 0 || offset > pcm.length - samples) {
            throw new IllegalArgumentException("offset " + offset + " and samples " + samples + " are outside the array of " + pcm.length
                    + " samples");
        }
    }

    /** Returns a time as people write it. */
    public static String text(Duration time) {
        if (time.getNano() == 0) {
            long seconds = time.getSeconds();
            return seconds == 0 ? "0 s" : seconds % 86_400 == 0 ? seconds / 86_400 + (seconds == 86_400 ? " day" : " days")
                    : seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds + " s";
        }
        boolean milliseconds = time.getNano() % 1_000_000 == 0 && Math.abs(time.getSeconds()) < 1_000_000;
        return milliseconds ? time.toMillis() + " ms" : time.toString();
    }

    /** Returns a text in quotes, without line breaks and not too long, as sentences show values. */
    public static String shown(String text) {
        return "'" + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text).replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
