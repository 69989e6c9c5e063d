package io.earshot.sip.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code c=} line: where media is wanted (RFC 8866 §5.7).
 *
 * @param addressType {@code IP4} or {@code IP6}
 * @param address an IP literal or a host name; the multicast suffixes {@code /ttl/count} are cut off
 */
public record Connection(String addressType, String address) {
    public Connection {
        Text.requireToken(addressType, "c= address type");
        Text.requireToken(address, "c= address");
    }

    /** Returns the connection to an IP literal or a host name; a name is taken to be of IPv4. */
    public static Connection of(String address) {
        return new Connection(typeOf(address), address);
    }

    /** Returns the value of the line, or empty when it cannot be read. */
    public static Optional<Connection> parse(String value) {
        List<String> fields = Text.fields(value);
        if (fields.size() < 3 || !fields.get(0).equalsIgnoreCase("IN")) {
            return Optional.empty();
        }
        String type = fields.get(1).toUpperCase(Locale.ROOT);
        String address = fields.get(2);
        int slash = address.indexOf('/');
        address = slash < 0 ? address : address.substring(0, slash);
        if (!type.equals("IP4") && !type.equals("IP6") || address.isEmpty() || !address.chars().allMatch(Connection::isHostChar)) {
            return Optional.empty();
        }
        return Optional.of(new Connection(type, address));
    }

    private static boolean isHostChar(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == ':' || c == '-' || c == '_';
    }

    static String typeOf(String address) {
        return address.indexOf(':') >= 0 ? "IP6" : "IP4";
    }

    /**
     * Tells whether the address is the one of nobody: the old sign of hold (RFC 2543), or of an offer whose address is not known yet
     * (RFC 3264 §8.4; for IPv6 the name {@code invalid}, RFC 6157 §4).
     */
    public boolean isUnspecified() {
        String host = address.toLowerCase(Locale.ROOT);
        return host.equals("0.0.0.0") || host.equals("invalid") || host.endsWith(".invalid") || isZeroIpv6(host);
    }

    private static boolean isZeroIpv6(String host) {
        return host.indexOf(':') >= 0 && host.chars().allMatch(c -> c == ':' || c == '0');
    }

    /** Returns the value as it goes on the wire. */
    @Override
    public String toString() {
        return "IN " + addressType + " " + address;
    }
}
