package io.earshot.sip.message;

/** quoted-string (RFC 3261 §25.1). */
final class Quoting {
    private Quoting() {
    }

    /** Puts text between quotes, quotes and backslashes escaped. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < 0x20 && c != '\t' || c == 0x7f) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    /** Returns the text of a quoted string; anything else comes back as it is. */
    static String unquote(String s) {
        if (!isQuoted(s)) {
            return s;
        }
        if (s.indexOf('\\') < 0) {
            return s.substring(1, s.length() - 1);
        }
        StringBuilder out = new StringBuilder(s.length());
        for (int i = 1; i < s.length() - 1; i++) {
            if (s.charAt(i) == '\\') {
                i++;
            }
            out.append(s.charAt(i));
        }
        return out.toString();
    }

    /** Returns whether the whole of {@code s} is one terminated quoted string. */
    static boolean isQuoted(String s) {
        int last = s.length() - 1;
        if (last < 1 || s.charAt(0) != '"' || s.charAt(last) != '"') {
            return false;
        }
        int i = 1;
        while (i < last) {
            if (s.charAt(i) == '"') {
                return false;
            }
            i += s.charAt(i) == '\\' ? 2 : 1;
        }
        return i == last;
    }

    /** Refuses what would end a header line and start another one: text of a user must not inject headers. */
    static String requireNoLineBreak(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                throw new IllegalArgumentException(what + " must not contain a line break (character " + i + ")");
            }
        }
        return text;
    }

    /** Refuses line breaks, and control characters that are not escaped as quoted strings have them. */
    static String requireWire(String text, String what) {
        requireNoLineBreak(text, what);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\t' || c == 0x7f) && (i == 0 || text.charAt(i - 1) != '\\')) {
                throw new IllegalArgumentException(what + " must not contain control characters (character " + i + ")");
            }
        }
        return text;
    }
}
