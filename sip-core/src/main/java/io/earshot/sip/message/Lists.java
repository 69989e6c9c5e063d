package io.earshot.sip.message;

import java.util.List;

/** Lists separated by commas (RFC 3261 §7.3.1). */
final class Lists {
    private Lists() {
    }

    /** Splits at the commas outside of quoted strings and angle brackets; empty elements are left out. */
    static void split(String value, List<String> out) {
        int start = 0;
        while (start < value.length()) {
            int end = elementEnd(value, start);
            String element = value.substring(start, end).strip();
            if (!element.isEmpty()) {
                out.add(element);
            }
            start = end + 1;
        }
    }

    /** Returns the index of the comma that ends the element starting at {@code start}, or the length. */
    static int elementEnd(String value, int start) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                bracketed = true;
            } else if (c == '>') {
                bracketed = false;
            } else if (c == ',' && !bracketed) {
                return i;
            }
        }
        return value.length();
    }
}
