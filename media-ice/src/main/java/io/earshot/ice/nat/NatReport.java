package io.earshot.ice.nat;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What was found out.
 *
 * @param kind the kind of NAT
 * @param mapped what the first server that answered sees us at
 * @param stable whether all that answered see the same address and port
 * @param portKept whether the mapped port is the local one
 * @param tests how many addresses of servers told how they see us; with fewer than two nothing is known of stability
 */
public record NatReport(NatKind kind, Optional<InetSocketAddress> mapped, boolean stable, boolean portKept, int tests) { }
