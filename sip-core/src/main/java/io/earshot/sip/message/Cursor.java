package io.earshot.sip.message;

/**
 * A position in an unfolded header value. Readers move it and return null once something is wrong; the first defect stays noted here.
 * So that hostile bytes cost no exception.
 */
final class Cursor {
    final byte[] buf;
    final int end;
    final SipLimits limits;
    int pos;
    private String defect;

    Cursor(byte[] buf, int from, int to, SipLimits limits) {
        this.buf = buf;
        this.pos = from;
        this.end = to;
        this.limits = limits;
    }

    Cursor(String text) {
        this(Bytes.utf8(text), 0, -1, SipLimits.DEFAULT, true);
    }

    private Cursor(byte[] buf, int from, int to, SipLimits limits, boolean whole) {
        this(buf, from, whole ? buf.length : to, limits);
    }

    /** Notes a defect, unless there is one already, and returns null for the caller to return. */
    <T> T fail(String what) {
        if (defect == null) {
            defect = what;
        }
        return null;
    }

    /** Returns what is wrong, in words that complete "Contact: ...". */
    String defect() {
        return defect == null ? "malformed" : defect;
    }

    boolean atEnd() {
        return pos >= end;
    }

    /** Returns the byte here, or -1 at the end; bytes above 0x7f are given as 0x80. */
    int peek() {
        if (pos >= end) {
            return -1;
        }
        int b = buf[pos];
        return b < 0 ? 0x80 : b;
    }

    void skipBlanks() {
        while (pos < end && Bytes.isBlank(buf[pos])) {
            pos++;
        }
    }

    /** Skips blanks, then {@code c} and the blanks behind it if it is there. */
    boolean accept(char c) {
        int start = pos;
        skipBlanks();
        if (pos < end && buf[pos] == c) {
            pos++;
            skipBlanks();
            return true;
        }
        pos = start;
        return false;
    }

    /** Skips the characters of a class and returns whether there was at least one. */
    boolean skip(int mask) {
        int start = pos;
        while (pos < end && Chars.is(buf[pos], mask)) {
            pos++;
        }
        return pos > start;
    }

    /** Returns the token here, or null. */
    String token(String what) {
        int start = pos;
        return skip(Chars.TOKEN) ? Words.text(buf, start, pos) : fail(what + " missing");
    }

    /** Moves over a quoted string and returns whether it is terminated. */
    boolean skipQuoted() {
        int i = pos + 1;
        while (i < end) {
            int b = buf[i];
            if (b == '"') {
                pos = i + 1;
                return true;
            }
            i += b == '\\' ? 2 : 1;
        }
        fail("quoted string not terminated");
        return false;
    }

    /** Returns whether the value ends here, noting a defect if it does not. */
    boolean finished() {
        skipBlanks();
        if (pos < end) {
            fail("unexpected " + show(buf[pos]));
            return false;
        }
        return true;
    }

    static String show(byte b) {
        return b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : "byte 0x" + Integer.toHexString(b & 0xff);
    }

    String text(int from) {
        return Bytes.text(buf, from, pos);
    }

    /** Returns the rest as text, for messages to a user. */
    String all() {
        return Bytes.text(buf, 0, end);
    }
}
