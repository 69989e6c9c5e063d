package io.earshot.sip.transaction;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** IP addresses as text, with no chance of a DNS look-up. */
final class IpLiteral {
    private static final int LONGEST = 47; // [ipv6 with an embedded ipv4]

    private IpLiteral() { }

    /** Reads an IPv4 address, or an IPv6 address with or without brackets; anything else, names too, gives empty. */
    static Optional<InetAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return bare.indexOf(':') >= 0 ? parseV6(bare) : parseV4(bare);
    }

    private static Optional<InetAddress> parseV4(String text) {
        byte[] address = new byte[4];
        int part = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.' && digits > 0 && part < 4) {
                address[part++] = (byte) value;
                digits = 0;
                value = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                value = 10 * value + c - '0';
                digits++;
            } else {
                return Optional.empty();
            }
            if (value > 255) {
                return Optional.empty();
            }
        }
        return part == 4 ? of(address) : Optional.empty();
    }

    private static Optional<InetAddress> parseV6(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789abcdefABCDEF:.".indexOf(text.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(InetAddress.getByName("[" + text + "]")); // brackets: never taken for a name
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> of(byte[] address) {
        try {
            return Optional.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Writes an address the way received= wants it: no brackets, no zone. */
    static String format(InetAddress address) {
        String text = address.getHostAddress();
        int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** Tells whether both are the same address, whatever their zones. */
    static boolean same(InetAddress one, InetAddress other) {
        return Arrays.equals(one.getAddress(), other.getAddress());
    }
}
