package io.earshot.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses from text. Never asks the DNS, which has no place in a simulation. */
public final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private Addresses() {
    }

    /** Returns the address, IPv6 with or without brackets; empty for a name and for anything else that is none. */
    public static Optional<InetAddress> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean six = bare.indexOf(':') >= 0;
        if (!(six ? IPV6 : IPV4).matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(six ? '[' + bare + ']' : bare));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static InetAddress of(String literal) {
        return parse(literal).orElseThrow(() -> new IllegalArgumentException("\"" + literal + "\" is no IP address"));
    }
}
