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

    /**
     * Over connections, what the registrar sees is our end of this one: of use where nobody can connect to us, as there is a NAT between,
     * or, over TLS, as user agents have no certificates (RFC 3261 §26.3.1).
     */
    static boolean counts(String protocol, InetSocketAddress local, InetSocketAddress seen) {
        return protocol.equals("UDP") || protocol.equals("TLS") || protocol.equals("TCP") && !local.getAddress().equals(seen.getAddress());
    }
}
