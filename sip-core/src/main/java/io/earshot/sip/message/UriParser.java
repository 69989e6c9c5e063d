package io.earshot.sip.message;

import java.util.Arrays;

/** Reads URIs out of bytes (RFC 3261 §25.1, RFC 3966). */
final class UriParser {
    private UriParser() {
    }

    /** Reads the range as one URI; null, and a defect noted in {@code c}, if it is malformed. Does not move the cursor on success. */
    static Uri read(Cursor c, int from, int to) {
        if (to - from > c.limits.maxUri()) {
            return c.fail("URI longer than " + c.limits.maxUri() + " bytes");
        }
        int colon = from;
        while (colon < to && c.buf[colon] != ':') {
            if (!isSchemeByte(c.buf[colon], colon == from)) {
                return c.fail("URI scheme missing");
            }
            colon++;
        }
        if (colon == to || colon == from) {
            return c.fail("URI scheme missing");
        }
        int mark = c.pos;
        c.pos = colon + 1;
        Uri uri;
        if (Chars.equalsIgnoreCase(c.buf, from, colon, "sip")) {
            uri = readSip(c, false, to);
        } else if (Chars.equalsIgnoreCase(c.buf, from, colon, "sips")) {
            uri = readSip(c, true, to);
        } else if (Chars.equalsIgnoreCase(c.buf, from, colon, "tel")) {
            uri = readTel(c, to);
        } else {
            uri = readOther(c, from, colon, to);
        }
        c.pos = mark;
        return uri;
    }

    private static boolean isSchemeByte(byte b, boolean first) {
        return Chars.isAlpha(b) || !first && (Chars.isDigit(b) || b == '+' || b == '-' || b == '.');
    }

    private static Uri readOther(Cursor c, int from, int colon, int to) {
        if (colon + 1 == to) {
            return c.fail("URI is empty behind its scheme");
        }
        for (int i = colon + 1; i < to; i++) {
            byte b = c.buf[i];
            if (b <= ' ' || b == '<' || b == '>' || b == '"' || b == 0x7f) {
                return c.fail("unexpected " + Cursor.show(b) + " in URI");
            }
        }
        return new OtherUri(Bytes.text(c.buf, from, to), colon - from);
    }

    private static Uri readTel(Cursor c, int to) {
        int start = c.pos;
        int i = start;
        while (i < to && c.buf[i] != ';') {
            i++;
        }
        String number = Bytes.text(c.buf, start, i);
        String defect = TelUri.defect(number);
        if (defect != null) {
            return c.fail("malformed telephone number: " + defect);
        }
        c.pos = i;
        Parameters parameters = readParameters(c, to);
        if (parameters == null) {
            return null;
        }
        return c.pos == to ? new TelUri(number, parameters) : c.fail("unexpected " + Cursor.show(c.buf[c.pos]) + " in URI");
    }

    private static Uri readSip(Cursor c, boolean secure, int to) {
        String user = null;
        String password = null;
        int at = c.pos;
        while (at < to && c.buf[at] != '@') {
            at++;
        }
        if (at < to) {
            int start = c.pos;
            int userEnd = scan(c, start, at, Chars.USER);
            if (userEnd == start) {
                return c.fail("user part missing before '@'");
            }
            user = Words.text(c.buf, start, userEnd);
            if (userEnd < at && c.buf[userEnd] == ':') {
                int passwordEnd = scan(c, userEnd + 1, at, Chars.PASSWORD);
                password = Bytes.text(c.buf, userEnd + 1, passwordEnd);
                userEnd = passwordEnd;
            }
            if (userEnd != at) {
                return c.fail("unexpected " + Cursor.show(c.buf[userEnd]) + " in user part");
            }
            c.pos = at + 1;
        }
        return readHostPart(c, secure, user, password, to);
    }

    private static Uri readHostPart(Cursor c, boolean secure, String user, String password, int to) {
        String host = Hosts.read(c, to);
        if (host == null) {
            return null;
        }
        int port = -1;
        if (c.pos < to && c.buf[c.pos] == ':') {
            c.pos++;
            port = Hosts.readPort(c, to);
            if (port < 0) {
                return null;
            }
        }
        Parameters parameters = readParameters(c, to);
        if (parameters == null) {
            return null;
        }
        String headers = null;
        if (c.pos < to && c.buf[c.pos] == '?') {
            int start = c.pos + 1;
            c.pos = scanHeaders(c, start, to);
            if (c.pos == start) {
                return c.fail("header missing behind '?'");
            }
            headers = Bytes.text(c.buf, start, c.pos);
        }
        if (c.pos != to) {
            return c.fail("unexpected " + Cursor.show(c.buf[c.pos]) + " in URI");
        }
        return new SipUri(secure, user, password, host, port, parameters, headers);
    }

    /** Returns the end of the characters of a class and of escapes. */
    private static int scan(Cursor c, int from, int to, int mask) {
        int i = from;
        while (i < to) {
            if (Chars.is(c.buf[i], mask)) {
                i++;
            } else if (Escapes.isEscape(c.buf, i, to)) {
                i += 3;
            } else {
                return i;
            }
        }
        return i;
    }

    /** headers = "?" header *( "&" header ), header = hname "=" hvalue: stops where that ends. */
    private static int scanHeaders(Cursor c, int from, int to) {
        int i = from;
        while (true) {
            int name = scan(c, i, to, Chars.HEADER);
            if (name == i || name == to || c.buf[name] != '=') {
                return i;
            }
            i = scan(c, name + 1, to, Chars.HEADER);
            if (i == to || c.buf[i] != '&') {
                return i;
            }
            i++;
        }
    }

    /** Escapes of ordinary characters are decoded: {@code %6C%72} is {@code lr} (RFC 4475 §3.1.1.3). */
    private static Parameters readParameters(Cursor c, int to) {
        if (c.pos >= to || c.buf[c.pos] != ';') {
            return Parameters.NONE;
        }
        String[] pairs = new String[4];
        int n = 0;
        while (c.pos < to && c.buf[c.pos] == ';') {
            if (n / 2 >= c.limits.maxParameters()) {
                return c.fail("more than " + c.limits.maxParameters() + " parameters");
            }
            int start = c.pos + 1;
            int nameEnd = scan(c, start, to, Chars.PARAM);
            if (nameEnd == start) {
                return c.fail("parameter name missing");
            }
            if (n == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * n);
            }
            pairs[n++] = Escapes.normalize(Words.text(c.buf, start, nameEnd));
            c.pos = nameEnd;
            if (nameEnd < to && c.buf[nameEnd] == '=') {
                c.pos = scan(c, nameEnd + 1, to, Chars.PARAM);
                if (c.pos == nameEnd + 1) {
                    return c.fail("parameter value missing");
                }
                pairs[n] = Escapes.normalize(Words.text(c.buf, nameEnd + 1, c.pos));
            }
            n++;
        }
        return Parameters.ofPairs(n == pairs.length ? pairs : Arrays.copyOf(pairs, n));
    }
}
