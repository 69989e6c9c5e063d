package io.earshot.ice.nat;

/** The kind of NAT, in the names that everybody uses. */
public enum NatKind {
    /** No STUN server answers: UDP is blocked, or the servers are down. */
    BLOCKED,
    /** A public address, and whoever wants reaches it. */
    OPEN,
    /** A public address behind a firewall that lets answers in only. */
    FIREWALL,
    /** One mapping for all; whoever knows it reaches us. */
    FULL_CONE,
    /** One mapping for all; addresses that we sent to reach us. */
    ADDRESS_RESTRICTED,
    /** One mapping for all; ports that we sent to reach us. */
    PORT_RESTRICTED,
    /** One mapping for all, and the server could not tell more. */
    CONE,
    /** A mapping for each destination: a mapped address is of no use to others. */
    SYMMETRIC;

    /** Tells whether the address that a STUN server sees is where others reach us, given that we send to them too. */
    public boolean mappedAddressUsable() {
        return this != BLOCKED && this != SYMMETRIC;
    }
}
