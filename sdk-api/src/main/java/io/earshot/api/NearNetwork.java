package io.earshot.api;

/**
 * What is done with the network that this machine is in. Immutable; start from {@link #DEFAULT}.
 *
 * @param portMapping whether the router is asked to pass on to us what comes to ports of its own (PCP, NAT-PMP, UPnP IGD), so that peers
 *         reach us whatever kind of NAT it is. Ports are had for two minutes at a time and given back when a call or the phone ends. No
 *         call waits longer for it than {@link Nat#gathering}. Not asked for is this from public and loopback addresses, nor towards
 *         servers in private networks. Off by default: it opens ports of a router that may be somebody else's
 * @param otherAddresses whether calls with ICE are, with a socket each, at up to four more addresses of this machine than that of the SDP
 *         (RFC 8445 §5.1.1.1), IPv4 and IPv6, so that the sound goes where it gets through, and on when one of them is gone. The peer is
 *         told them, those of a VPN among them. On by default; without effect for a phone that listens on one address or
 *         announces another than its own, with relays only, and through proxies and tunnels
 */
public record NearNetwork(boolean portMapping, boolean otherAddresses) {
    /** The router is left alone, and calls with ICE are at several addresses. */
    public static final NearNetwork DEFAULT = new NearNetwork(false, true);

    /** Returns a copy that asks the router for ports, or does not. */
    public NearNetwork withPortMapping(boolean wanted) {
        return new NearNetwork(wanted, otherAddresses);
    }

    /** Returns a copy whose calls with ICE are at several addresses, or at that of their SDP alone. */
    public NearNetwork withOtherAddresses(boolean wanted) {
        return new NearNetwork(portMapping, wanted);
    }
}
