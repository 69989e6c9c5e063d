package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/** host and hostport (RFC 3261 §25.1, RFC 5954 for IPv6). Nothing here asks a resolver. */
final class Hosts {
    private Hosts() {
    }

    /** Returns the host without brackets. */
    static String require(String host) {
        String bare = requireNonNull(host, "host").startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        byte[] bytes = Bytes.utf8(bare);
        boolean ok = bare.indexOf(':') >= 0 ? isIpv6(bytes, 0, bytes.length) : Chars.all(bare, Chars.HOST);
        if (!ok) {
            throw new IllegalArgumentException("not a host name or address: \"" + host + "\"");
        }
        return bare;
    }

    static void append(StringBuilder out, String host, int port) {
        if (host.indexOf(':') >= 0) {
            out.append('[').append(host).append(']');
        } else {
            out.append(host);
        }
        if (port >= 0) {
            out.append(':').append(port);
        }
    }

    /** Reads a host, returned without brackets; null if there is none. */
    static String read(Cursor c, int end) {
        int start = c.pos;
        if (start < end && c.buf[start] == '[') {
            int close = start + 1;
            while (close < end && c.buf[close] != ']') {
                close++;
            }
            if (close == end || !isIpv6(c.buf, start + 1, close)) {
                return c.fail("malformed IPv6 reference");
            }
            c.pos = close + 1;
            return Bytes.text(c.buf, start + 1, close);
        }
        int i = start;
        while (i < end && Chars.is(c.buf[i], Chars.HOST)) {
            i++;
        }
        if (i == start) {
            return c.fail("host missing");
        }
        c.pos = i;
        return Words.text(c.buf, start, i);
    }

    /** Reads the digits of a port; -1 and a defect if they are none or out of range. */
    static int readPort(Cursor c, int end) {
        int start = c.pos;
        int i = start;
        while (i < end && Chars.isDigit(c.buf[i])) {
            i++;
        }
        long port = Bytes.number(c.buf, start, i, 65535);
        if (port < 1) {
            c.fail("malformed port");
            return -1;
        }
        c.pos = i;
        return (int) port;
    }

    /** IPv6address of RFC 3986 §3.2.2, without zone. */
    static boolean isIpv6(byte[] b, int from, int to) {
        int groups = 0;
        boolean gap = false;
        int i = from;
        if (to - from >= 2 && b[from] == ':') {
            if (b[from + 1] != ':') {
                return false;
            }
            gap = true;
            i = from + 2;
        }
        while (i < to) {
            int start = i;
            while (i < to && Chars.hex(b[i]) >= 0) {
                i++;
            }
            if (i < to && b[i] == '.') {
                return isIpv4(b, start, to) && (gap ? groups + 2 <= 7 : groups + 2 == 8);
            }
            if (i == start || i - start > 4) {
                return false;
            }
            groups++;
            if (i == to) {
                break;
            }
            if (b[i] != ':' || ++i == to) {
                return false;
            }
            if (b[i] == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                i++;
            }
        }
        return gap ? groups <= 7 : groups == 8;
    }

    /** IPv4address: four decimal numbers up to 255. */
    static boolean isIpv4(byte[] b, int from, int to) {
        int parts = 0;
        int i = from;
        while (i < to) {
            int start = i;
            while (i < to && Chars.isDigit(b[i])) {
                i++;
            }
            if (i - start > 3 || Bytes.number(b, start, i, 255) < 0) {
                return false;
            }
            parts++;
            if (i == to) {
                return parts == 4;
            }
            if (b[i++] != '.') {
                return false;
            }
        }
        return false;
    }
}
