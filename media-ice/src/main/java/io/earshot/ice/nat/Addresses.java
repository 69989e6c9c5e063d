package io.earshot.ice.nat;

import java.net.Inet4Address;
import java.net.InetAddress;

/** What kind of address one is. */
public final class Addresses {
    private Addresses() {
    }

    /** Tells whether an address means nothing outside its own network: RFC 1918, RFC 6598, RFC 4193, link-local, loopback. */
    public static boolean isPrivate(InetAddress address) {
        byte[] ip = address.getAddress();
        boolean carrier = address instanceof Inet4Address && ip[0] == 100 && (ip[1] & 0xC0) == 64;
        boolean unique = ip.length == 16 && (ip[0] & 0xFE) == 0xFC;
        return carrier || unique || address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress()
            || address.isAnyLocalAddress();
    }
}
