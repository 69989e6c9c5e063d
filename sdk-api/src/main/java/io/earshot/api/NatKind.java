package io.earshot.api;

/** The kind of NAT in front of this machine, in the names that everybody uses (RFC 3489, RFC 5780). */
public enum NatKind {
    /** No STUN server answers: UDP is blocked, or the servers are down. */
    BLOCKED,
    /** A public address, and whoever wants reaches it. */
    OPEN,
    /** A public address behind a firewall that lets in only what answers us. */
    FIREWALL,
    /** One public port for all; whoever knows it reaches us. */
    FULL_CONE,
    /** One public port for all; whom we sent to reaches us, from any port. */
    ADDRESS_RESTRICTED,
    /** One public port for all; whom we sent to reaches us, from the port that we sent to. */
    PORT_RESTRICTED,
    /** One public port, as far as one server with one address can tell. */
    CONE,
    /** Another public port for each destination: what a server sees is of no use to others. */
    SYMMETRIC
}
