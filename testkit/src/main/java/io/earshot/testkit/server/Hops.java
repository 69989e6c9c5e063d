package io.earshot.testkit.server;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.transaction.Hop;
import io.earshot.testkit.Addresses;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds ways: this server resolves no names, it goes by addresses. */
final class Hops {
    private static final int DEFAULT_PORT = 5060;

    private final Identity identity;
    private final Set<String> protocols;

    Hops(Identity identity, Set<String> protocols) {
        this.identity = identity;
        this.protocols = protocols;
    }

    /** Returns the way to a registered contact; empty when its transport is not open here. */
    Optional<Hop> to(Binding binding) {
        return to(binding.protocol(), binding.peer(), binding.flow());
    }

    /** Returns the way to a URI; empty when its host is a name or its transport is not open here. */
    Optional<Hop> to(Uri uri) {
        if (!(uri instanceof SipUri sip)) {
            return Optional.empty();
        }
        String protocol = sip.transport().map(name -> name.toUpperCase(Locale.ROOT)).orElse("UDP");
        return Addresses.parse(sip.host()).map(address -> new InetSocketAddress(address, sip.port() < 0 ? DEFAULT_PORT : sip.port()))
            .flatMap(peer -> to(protocol, peer, Optional.empty()));
    }

    /** Returns the way back over a flow, for answers to what cannot be a transaction. */
    Hop back(Flow flow) {
        return hop(flow.protocol(), flow.remote(), Optional.of(flow));
    }

    private Optional<Hop> to(String protocol, InetSocketAddress peer, Optional<Flow> flow) {
        return protocols.contains(protocol) ? Optional.of(hop(protocol, peer, flow)) : Optional.empty();
    }

    private Hop hop(String protocol, InetSocketAddress peer, Optional<Flow> flow) {
        InetSocketAddress local = identity.towards(protocol, peer);
        return new Hop(protocol, reliable(protocol), peer, peer.getAddress().getHostAddress(), flow, local.getAddress().getHostAddress(),
            local.getPort());
    }

    static boolean reliable(String protocol) {
        return !protocol.equals("UDP");
    }
}
