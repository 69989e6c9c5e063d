package io.earshot.sip.sdp;

import java.util.ArrayList;
import java.util.List;

/** Scanning of short texts without regular expressions, whose worst cases a peer could choose. */
final class Text {
    private Text() {
    }

    /** Returns the value of up to nine ASCII digits, or -1 when the text is anything else. */
    static int number(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** Tells whether the text is one or more ASCII digits. */
    static boolean digits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns the non-empty pieces between blanks and tabs. */
    static List<String> fields(String text) {
        List<String> out = new ArrayList<>(8);
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\t';
            if (blank && start >= 0) {
                out.add(text.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return out;
    }

    /** Refuses what would end a line early: the door that line injection would come in by. */
    static void requireOneLine(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(what + " holds a line end or NUL at position " + i);
            }
        }
    }

    /** Refuses an empty text and one that holds blanks. */
    static void requireToken(String text, String what) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(what + " must be one word without blanks, not '" + text + "'");
        }
    }
}
