package io.earshot.sip.ua;

import io.earshot.sip.message.Via;
import io.earshot.sip.resolve.Literals;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What a server writes into our Via about where the request came from (RFC 3581 §4). */
final class ViaEcho {
    private ViaEcho() {
    }

    /** Returns the address and port the server saw; empty unless it filled in rport. */
    static Optional<InetSocketAddress> seen(Via via) {
        if (via.rport().isEmpty()) {
            return Optional.empty();
        }
        return Literals.parse(via.received().orElse(via.host()))
            .map(address -> new InetSocketAddress(address, via.rport().getAsInt()));
    }
}
