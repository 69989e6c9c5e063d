package io.earshot.ice.agent;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * A socket that the owner opened for an agent, bound to an address of its own: never the wildcard.
 *
 * @param component 1 for RTP, 2 for RTCP
 * @param address what it is bound to; distinct for each socket
 */
public record LocalAddress(int component, InetSocketAddress address) {
    /** Checks the values. */
    public LocalAddress {
        requireNonNull(address);
        if (address.isUnresolved() || address.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("a socket for ICE must be bound to one address, not to " + address);
        }
    }
}
