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
 * @param kindTold whether the SDP of calls tells peers what kind of NAT is in front of us, where STUN servers have told that by then
 *         ({@code a=X-nat}, PJSIP's own attribute), so that they see why there is no sound; {@link Call#peerNat()} has what they tell. Off
 *         by default: it is nobody's business
 */
public record NearNetwork(boolean portMapping, boolean otherAddresses, boolean kindTold) {
    /** The router is left alone and not told of, and calls with ICE are at several addresses. */
    public static final NearNetwork DEFAULT = new NearNetwork(false, true, false);

    /** Returns a copy that asks the router for ports, or does not. */
    public NearNetwork withPortMapping(boolean wanted) {
        return new NearNetwork(wanted, otherAddresses, kindTold);
    }

    /** Returns a copy whose calls with ICE are at several addresses, or at that of their SDP alone. */
    public NearNetwork withOtherAddresses(boolean wanted) {
        return new NearNetwork(portMapping, wanted, kindTold);
    }

    /** Returns a copy that tells peers the kind of NAT, or does not. */
    public NearNetwork withKindTold(boolean wanted) {
        return new NearNetwork(portMapping, otherAddresses, wanted);
    }
}
