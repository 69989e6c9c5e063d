package io.earshot.sip.message;

/** Character classes of RFC 3261 §25.1 as one table, and the few ASCII operations that must not depend on a locale. */
final class Chars {
    /** token. */
    static final int TOKEN = 1;
    /** Characters of a host name or IPv4 address; the underscore is not in the RFC but in use. */
    static final int HOST = 2;
    /** user without "escaped". */
    static final int USER = 4;
    /** password without "escaped". */
    static final int PASSWORD = 8;
    /** paramchar of a URI parameter without "escaped". */
    static final int PARAM = 16;
    /** hnv-unreserved and unreserved of a URI header without "escaped". */
    static final int HEADER = 32;
    /** What a value of a header parameter may hold when it is not quoted; wider than the RFC, but without any separator of headers. */
    static final int VALUE = 64;
    /** Words of an unquoted display name: wider than the RFC's token, which many phones exceed. */
    static final int DISPLAY = 128;

    private static final short[] CLASS = table();

    private Chars() {
    }

    private static short[] table() {
        short[] table = new short[256];
        String alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        String unreserved = alphanumeric + "-_.!~*'()";
        String token = alphanumeric + "-.!%*_+`'~";
        mark(table, token, TOKEN | VALUE | DISPLAY);
        mark(table, alphanumeric + "-._", HOST);
        mark(table, unreserved + "&=+$,;?/", USER);
        mark(table, unreserved + "&=+$,", PASSWORD);
        mark(table, unreserved + "[]/:&+$", PARAM);
        mark(table, unreserved + "[]/?:+$", HEADER);
        mark(table, "[]:/?@&$=()|{}^#", VALUE);
        mark(table, "()/?@&$=#[]{}|^", DISPLAY);
        for (int c = 0x80; c < 256; c++) {
            table[c] |= DISPLAY;
        }
        return table;
    }

    private static void mark(short[] table, String chars, int bits) {
        for (int i = 0; i < chars.length(); i++) {
            table[chars.charAt(i)] |= (short) bits;
        }
    }

    static boolean is(byte b, int mask) {
        return (CLASS[b & 0xff] & mask) != 0;
    }

    static boolean is(char c, int mask) {
        return c < 128 && (CLASS[c] & mask) != 0;
    }

    /** Returns whether every character of {@code s} is in the class and there is at least one. */
    static boolean all(String s, int mask) {
        for (int i = 0; i < s.length(); i++) {
            if (!is(s.charAt(i), mask)) {
                return false;
            }
        }
        return !s.isEmpty();
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Returns the value of a hexadecimal digit, or -1. */
    static int hex(int c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    static boolean isAlpha(int c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** Compares ignoring the case of ASCII letters only: no locale, no Turkish i. */
    static boolean equalsIgnoreCase(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (a.charAt(i) != b.charAt(i) && lower(a.charAt(i)) != lower(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Compares a range of bytes with an ASCII text, ignoring case. */
    static boolean equalsIgnoreCase(byte[] buf, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int b = buf[from + i];
            if (b != text.charAt(i) && lower(b) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static String lowerCase(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) >= 'A' && s.charAt(i) <= 'Z') {
                return mapCase(s, 'A', 'Z');
            }
        }
        return s;
    }

    static String upperCase(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) >= 'a' && s.charAt(i) <= 'z') {
                return mapCase(s, 'a', 'z');
            }
        }
        return s;
    }

    private static String mapCase(String s, char first, char last) {
        char[] chars = s.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= first && chars[i] <= last) {
                chars[i] ^= 0x20;
            }
        }
        return new String(chars);
    }

    static int hashIgnoreCase(String s) {
        int hash = 0;
        for (int i = 0; i < s.length(); i++) {
            hash = 31 * hash + (s.charAt(i) | 0x20);
        }
        return hash;
    }
}
