package io.earshot.testkit.net;

/** How a NAT maps and filters, in RFC 4787's terms; the names are the older ones of RFC 3489 that everybody uses. */
public enum NatType {
    /** Endpoint-independent mapping and filtering: whoever knows the mapped address can send to it. */
    FULL_CONE,
    /** Endpoint-independent mapping, address-dependent filtering: only hosts that were sent to may answer. */
    ADDRESS_RESTRICTED,
    /** Endpoint-independent mapping, address- and port-dependent filtering: only sockets that were sent to may answer. */
    PORT_RESTRICTED,
    /** A mapping of its own for each destination, which alone may answer. */
    SYMMETRIC
}
