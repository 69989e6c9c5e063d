package io.earshot.sip.ua;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses mean something in a network of their own only. */
final class Networks {
    private Networks() {
    }

    /** Tells whether an address is private (RFC 1918, RFC 4193), shared (RFC 6598), or of a link or of this machine. */
    static boolean isPrivate(InetAddress address) {
        byte[] raw = address.getAddress();
        boolean shared = raw.length == 4 && raw[0] == 100 && (raw[1] & 0xC0) == 64;
        boolean uniqueLocal = address instanceof Inet6Address && (raw[0] & 0xFE) == 0xFC;
        return shared || uniqueLocal || address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress();
    }
}
