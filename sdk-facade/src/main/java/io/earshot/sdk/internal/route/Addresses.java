package io.earshot.sdk.internal.route;

import java.net.InetAddress;

/** What kind of address one is. */
final class Addresses {
    private Addresses() {
    }

    /** Tells whether an address means nothing outside its own network: RFC 1918, RFC 4193, RFC 6598, of a link, or of this machine. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        boolean uniqueLocal = bytes.length > 4 && (bytes[0] & 0xFE) == 0xFC;
        return shared || uniqueLocal || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress();
    }
}
