package io.earshot.sip.sdp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where media or RTCP goes.
 *
 * @param host an IP literal, or a name that must be resolved first
 * @param port 0 to 65535; 0 is what a refused stream has
 */
public record MediaAddress(String host, int port) {
    public MediaAddress {
        Text.requireToken(host, "media host");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("media port " + port + " is outside 0 to 65535");
        }
    }

    /** Returns the address, or empty when {@link #host} is a name. Never asks the DNS. */
    public Optional<InetAddress> literal() {
        try {
            if (host.indexOf(':') >= 0) {
                // With a colon in it the JDK takes it for an IPv6 literal or refuses it, but never looks it up.
                boolean plain = host.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80 || c == ':' || c == '.');
                return plain ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
            }
            return ipv4();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private Optional<InetAddress> ipv4() throws UnknownHostException {
        List<String> parts = List.of(host.split("\\.", 6));
        byte[] address = new byte[4];
        if (parts.size() != 4) {
            return Optional.empty();
        }
        for (int i = 0; i < 4; i++) {
            int value = Text.number(parts.get(i));
            if (value < 0 || value > 255) {
                return Optional.empty();
            }
            address[i] = (byte) value;
        }
        return Optional.of(InetAddress.getByAddress(address));
    }

    /** Returns {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
