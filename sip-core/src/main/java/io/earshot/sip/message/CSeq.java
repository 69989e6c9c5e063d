package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/**
 * The value of CSeq (RFC 3261 §20.16).
 *
 * @param number 0 to 2^31-1 (§8.1.1.5)
 * @param method the method of the request
 */
public record CSeq(long number, SipMethod method) {
    /** The largest number allowed. */
    public static final long MAX = Integer.MAX_VALUE;

    /** Checks the range. */
    public CSeq {
        requireNonNull(method, "method");
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("CSeq out of range: " + number);
        }
    }

    /** Reads the value up to the end; null if malformed. */
    static CSeq read(Cursor c) {
        c.skipBlanks();
        int start = c.pos;
        while (c.pos < c.end && Chars.isDigit(c.buf[c.pos])) {
            c.pos++;
        }
        long number = Bytes.number(c.buf, start, c.pos, MAX);
        if (number < 0) {
            return c.fail("number missing or above 2147483647");
        }
        if (!Bytes.isBlank((byte) c.peek())) {
            return c.fail("white space missing behind the number");
        }
        c.skipBlanks();
        int methodStart = c.pos;
        c.skip(Chars.TOKEN);
        SipMethod method = SipMethod.of(c.buf, methodStart, c.pos);
        return method == null ? c.fail("method missing") : new CSeq(number, method);
    }

    /** Returns the wire form. */
    @Override
    public String toString() {
        return number + " " + method;
    }
}
