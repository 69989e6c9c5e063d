package io.earshot.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The {@code %41} escapes of URIs (RFC 3261 §19.1.2). */
final class Escapes {
    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {
    }

    /** Escapes every byte of the UTF-8 form that is not in the class. */
    static String encode(String text, int mask) {
        if (Chars.all(text, mask)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : Bytes.utf8(text)) {
            if (b > 0 && Chars.is(b, mask)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }

    /** Replaces the escapes; a stray {@code %} stays. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] in = Bytes.utf8(text);
        for (int i = 0; i < in.length; i++) {
            if (isEscape(in, i, in.length)) {
                out.write(Chars.hex(in[i + 1]) << 4 | Chars.hex(in[i + 2]));
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static boolean isEscape(byte[] in, int i, int end) {
        return in[i] == '%' && i + 2 < end && Chars.hex(in[i + 1]) >= 0 && Chars.hex(in[i + 2]) >= 0;
    }

    /**
     * Returns a form in which two texts are equal if they differ in escapes of ordinary characters only (RFC 3261 §19.1.4): escapes of
     * unreserved characters are decoded, all others get upper case digits.
     */
    static String normalize(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Chars.hex(text.charAt(i + 1)) : -1;
            int low = high >= 0 ? Chars.hex(text.charAt(i + 2)) : -1;
            if (low < 0) {
                out.append(c);
                continue;
            }
            char decoded = (char) (high << 4 | low);
            if (decoded < 128 && (Chars.isAlpha(decoded) || Chars.isDigit(decoded) || "-_.!~*'()".indexOf(decoded) >= 0)) {
                out.append(decoded);
            } else {
                out.append('%').append(HEX.charAt(high)).append(HEX.charAt(low));
            }
            i += 2;
        }
        return out.toString();
    }
}
