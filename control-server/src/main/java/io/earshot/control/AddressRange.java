package io.earshot.control;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses with a common beginning.
 *
 * @param address the first
 * @param bits how many are the same
 */
public record AddressRange(InetAddress address, int bits) {
    /**
     * Reads {@code 192.168.1.5}, {@code 10.0.0.0/8} or {@code fd00::/8}; names are not looked up.
     *
     * @throws IllegalArgumentException with a sentence when it is none
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = (slash < 0 ? text : text.substring(0, slash)).strip();
        if (!literal.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("'" + text + "' is no IP address: write 192.168.1.5 or 10.0.0.0/8");
        }
        try {
            InetAddress address = InetAddress.getByName(literal);
            int most = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1).strip());
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("'" + text + "': the number after the slash is from 0 to " + most);
            }
            return new AddressRange(address, bits);
        } catch (UnknownHostException | NumberFormatException none) {
            throw new IllegalArgumentException("'" + text + "' is no IP address: write 192.168.1.5 or 10.0.0.0/8", none);
        }
    }

    /** Tells whether an address is in the range. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        boolean same = mine.length == theirs.length;
        for (int bit = 0; same && bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            same = (mine[bit / Byte.SIZE] & mask) == (theirs[bit / Byte.SIZE] & mask);
        }
        return same;
    }
}
