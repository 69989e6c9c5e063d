package io.earshot.sip.resolve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses written as hosts, told from names without any chance of a look-up. */
public final class Literals {
    private Literals() {
    }

    /** Returns the address that a host of a SIP URI is, or empty when it is a name. */
    public static Optional<InetAddress> parse(String host) {
        if (host.indexOf(':') >= 0) {
            return ofText("[" + host + "]"); // in brackets, InetAddress never takes it for a name
        }
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = octet(parts[i]);
            if (value < 0) {
                return Optional.empty();
            }
            address[i] = (byte) value;
        }
        try {
            return Optional.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int octet(String part) {
        if (part.isEmpty() || part.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = 10 * value + c - '0';
        }
        return value <= 255 ? value : -1;
    }

    private static Optional<InetAddress> ofText(String bracketed) {
        try {
            return Optional.of(InetAddress.getByName(bracketed));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
