package io.earshot.sip.identity;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads header values that may be anything. */
final class Fields {
    /** How many values of one header are read; the rest is let be. */
    static final int MOST = 32;
    private static final int MOST_DIGITS = 9;

    private Fields() {
    }

    /** Something with parameters behind it. */
    record Item(String head, Parameters parameters) { }

    /** Returns the values of a header that can be read, in order. */
    static <T> List<T> all(SipMessage message, HeaderName name, Function<String, Optional<T>> reader) {
        List<T> out = new ArrayList<>();
        for (String value : message.values(name)) {
            if (out.size() == MOST) {
                break;
            }
            reader.apply(value).ifPresent(out::add);
        }
        return List.copyOf(out);
    }

    /** Reads {@code head;name=value;…}; the head may be between angle brackets, which then stay. */
    static Optional<Item> item(String value) {
        String text = value.strip();
        int close = text.startsWith("<") ? text.indexOf('>') : text.startsWith("\"") ? endOfQuotes(text) : 0;
        int end = close < 0 ? -1 : text.indexOf(';', close);
        String head = (end < 0 ? text : text.substring(0, end)).strip();
        try {
            return close < 0 || head.isEmpty() ? Optional.empty()
                : Optional.of(new Item(head, end < 0 ? Parameters.NONE : Parameters.parse(text.substring(end))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Returns where the quotes that a text starts with end; -1 if they do not. */
    private static int endOfQuotes(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    static Optional<NameAddr> address(String value) {
        try {
            return Optional.of(NameAddr.parse(value));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Reads a number from 0 to 999999999. */
    static OptionalInt number(Optional<String> text) {
        String digits = text.orElse("");
        boolean fine = !digits.isEmpty() && digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return fine ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    static Parameters with(Parameters parameters, String name, OptionalInt value) {
        return value.isPresent() ? parameters.with(name, Integer.toString(value.getAsInt())) : parameters;
    }

    static Parameters with(Parameters parameters, String name, String value) {
        return value.isEmpty() ? parameters : parameters.with(name, value);
    }

    /** Refuses what would end a header line. */
    static void requireLine(String text, String what) {
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            throw new IllegalArgumentException(what + " has a line break or control character");
        }
    }

    static void requireToken(String text, String what) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
                || "-.!%*_+`'~".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(what + " must be one word, not \"" + text + "\"");
        }
    }
}
