package io.earshot.sip.message;

import java.nio.charset.StandardCharsets;

/** Reading numbers and text out of bytes, with overflow checks and without regard to locale or default charset. */
final class Bytes {
    private Bytes() {
    }

    static String text(byte[] buf, int from, int to) {
        return new String(buf, from, to - from, StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the decimal number in the range, or -1 if it is not one or more ASCII digits or exceeds {@code max}. */
    static long number(byte[] buf, int from, int to, long max) {
        if (from >= to) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = buf[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
            if (value > max) {
                return -1;
            }
        }
        return value;
    }

    /** As {@link #number(byte[], int, int, long)}. */
    static long number(String text, long max) {
        if (text.isEmpty()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
            if (value > max) {
                return -1;
            }
        }
        return value;
    }

    /** Copies a header value, every folding (CRLF and the white space round it) replaced by one space (RFC 3261 §7.3.1). */
    static byte[] unfold(byte[] buf, int from, int to) {
        byte[] out = new byte[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
            if (buf[i] != '\r') {
                out[n++] = buf[i];
                continue;
            }
            while (n > 0 && isBlank(out[n - 1])) {
                n--;
            }
            out[n++] = ' ';
            while (i + 1 < to && (isBlank(buf[i + 1]) || buf[i + 1] == '\n' || buf[i + 1] == '\r')) {
                i++;
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }

    static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }
}
