package io.earshot.transport.tunnel.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A network: the first bits of its addresses. */
record Block(InetAddress first, int bits) {
    /**
     * What is no part of the public Internet, or leads out of it (RFC 6890, RFC 6598, RFC 4193; RFC 6052, RFC 3056 and RFC 4380 carry
     * addresses of IPv4 in those of IPv6). The networks for documentation are left out: nobody has them.
     */
    static final List<Block> RESERVED = List.of(
        of("0.0.0.0", 8), of("10.0.0.0", 8), of("100.64.0.0", 10), of("127.0.0.0", 8), of("169.254.0.0", 16), of("172.16.0.0", 12),
        of("192.0.0.0", 24), of("192.168.0.0", 16), of("198.18.0.0", 15), of("240.0.0.0", 4),
        of("::", 96), of("64:ff9b::", 96), of("64:ff9b:1::", 48), of("2001::", 32), of("2002::", 16), of("fc00::", 7), of("fe80::", 10));

    /** Makes one of an address as it is written. */
    private static Block of(String address, int bits) {
        try {
            return new Block(InetAddress.getByName(address), bits);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(address, impossible);
        }
    }

    boolean contains(InetAddress address) {
        byte[] ip = address.getAddress();
        byte[] own = first.getAddress();
        if (ip.length != own.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((ip[bit / 8] & mask) != (own[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    boolean contains(Block other) {
        return other.bits >= bits && contains(other.first);
    }
}
