package io.earshot.sip.ua;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Tells what to write into Via and Contact. Asked on the engine's thread; it answers from memory or by a route look-up, without I/O. */
@FunctionalInterface
public interface LocalAddresses {
    /**
     * Returns the local address (never the wildcard) and port that a message over this protocol to this peer leaves from.
     *
     * @param protocol the Via token of the transport, upper case
     * @param peer the resolved address of the next element
     * @return empty when there is no such transport or no route to the peer, for instance no IPv6 here; the target is then passed over
     */
    Optional<InetSocketAddress> towards(String protocol, InetSocketAddress peer);
}
