package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

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
        return bare.replace(":::", "::");
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
            String address = Bytes.text(c.buf, start + 1, close);
            return address.replace(":::", "::");
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

    /** Returns whether both are the same host; IPv6 addresses by value, not by text (RFC 5954 §4.2). */
    static boolean same(String a, String b) {
        if (a.indexOf(':') < 0 || b.indexOf(':') < 0) {
            return Chars.equalsIgnoreCase(a, b);
        }
        byte[] first = Bytes.utf8(a);
        byte[] second = Bytes.utf8(b);
        return Arrays.equals(parseIpv6(first, 0, first.length), parseIpv6(second, 0, second.length));
    }

    static boolean isIpv6(byte[] b, int from, int to) {
        return parseIpv6(b, from, to) != null;
    }

    /**
     * Returns the eight groups of an IPv6address (RFC 3986 §3.2.2, without zone), or null. Three colons before an IPv4 address are read
     * as two: the grammar of RFC 3261 made some elements write them (RFC 5118 §4.10).
     */
    static int[] parseIpv6(byte[] b, int from, int to) {
        int[] groups = new int[8];
        int n = 0;
        int gap = -1;
        int i = from;
        if (to - from >= 2 && b[from] == ':') {
            if (b[from + 1] != ':') {
                return null;
            }
            gap = 0;
            i = from + 2;
        }
        while (i < to) {
            boolean thirdColon = b[i] == ':' && gap == n;
            int start = thirdColon ? i + 1 : i;
            int group = 0;
            for (i = start; i < to && Chars.hex(b[i]) >= 0; i++) {
                group = group << 4 | Chars.hex(b[i]);
            }
            if (i < to && b[i] == '.') {
                long ipv4 = parseIpv4(b, start, to);
                if (ipv4 < 0 || n > 6) {
                    return null;
                }
                groups[n++] = (int) (ipv4 >>> 16);
                groups[n++] = (int) (ipv4 & 0xffff);
                break;
            }
            if (thirdColon || i == start || i - start > 4 || n == 8) {
                return null;
            }
            groups[n++] = group;
            if (i < to && (b[i] != ':' || ++i == to)) {
                return null;
            }
            if (i < to && b[i] == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = n;
                i++;
            }
        }
        return expand(groups, n, gap);
    }

    private static int[] expand(int[] groups, int n, int gap) {
        if (gap < 0 || n == 8) {
            return gap < 0 && n == 8 ? groups : null;
        }
        int[] expanded = new int[8];
        System.arraycopy(groups, 0, expanded, 0, gap);
        System.arraycopy(groups, gap, expanded, 8 - (n - gap), n - gap);
        return expanded;
    }

    /** Returns an IPv4address of four decimal numbers up to 255, or -1. */
    private static long parseIpv4(byte[] b, int from, int to) {
        long address = 0;
        int parts = 0;
        int i = from;
        while (i < to) {
            int start = i;
            while (i < to && Chars.isDigit(b[i])) {
                i++;
            }
            long part = i - start > 3 ? -1 : Bytes.number(b, start, i, 255);
            if (part < 0 || parts == 4) {
                return -1;
            }
            address = address << 8 | part;
            parts++;
            if (i == to) {
                return parts == 4 ? address : -1;
            }
            if (b[i++] != '.') {
                return -1;
            }
        }
        return -1;
    }
}
