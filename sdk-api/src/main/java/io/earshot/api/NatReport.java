package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What STUN servers tell of the NAT in front of this machine.
 *
 * @param kind its kind; the last word only from a server with two addresses (RFC 5780)
 * @param local what the port that was asked from is bound to
 * @param seenAt where the first server that answered saw that port
 * @param stable whether all that answered saw the same
 * @param tests how many addresses of servers told; with fewer than two nothing is known of stability
 */
public record NatReport(NatKind kind, InetSocketAddress local, Optional<InetSocketAddress> seenAt, boolean stable, int tests) {
    public NatReport {
        requireNonNull(kind, "kind");
        requireNonNull(local, "local");
        requireNonNull(seenAt, "seenAt");
    }

    /** Tells whether the NAT gave our port the same number outside. */
    public boolean portKept() {
        return seenAt.filter(seen -> seen.getPort() == local.getPort()).isPresent();
    }
}
