package io.earshot.testkit.server;

import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.testkit.Addresses;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/** Which URIs mean this server: its domains, and the addresses that it goes by. */
final class Identity {
    private static final int DEFAULT_PORT = 5060;

    private final Set<String> domains;
    private final BiFunction<String, InetSocketAddress, InetSocketAddress> localAddresses;
    private final Set<String> sockets = new HashSet<>();
    private final Set<String> addresses = new HashSet<>();

    Identity(Set<String> domains, BiFunction<String, InetSocketAddress, InetSocketAddress> localAddresses) {
        this.domains = domains;
        this.localAddresses = localAddresses;
    }

    /** Returns the address to be known by to this peer, and knows it from then on. */
    InetSocketAddress towards(String protocol, InetSocketAddress peer) {
        InetSocketAddress local = localAddresses.apply(protocol, peer);
        add(local);
        return local;
    }

    void add(InetSocketAddress local) {
        if (!local.getAddress().isAnyLocalAddress()) {
            sockets.add(text(local) + ' ' + local.getPort());
            addresses.add(text(local));
        }
    }

    /** Tells whether requests to this URI are for this server's own users, or for itself. A port that is left out means this server. */
    boolean owns(Uri uri) {
        return uri instanceof SipUri sip && (domains.contains(sip.host().toLowerCase(Locale.ROOT))
            || sip.port() < 0 && addresses.contains(host(sip)) || isSelf(sip));
    }

    /** Tells whether a Route names this very socket. */
    boolean isSelf(Uri uri) {
        return uri instanceof SipUri sip && sockets.contains(host(sip) + ' ' + (sip.port() < 0 ? DEFAULT_PORT : sip.port()));
    }

    private static String host(SipUri uri) {
        return Addresses.parse(uri.host()).map(address -> address.getHostAddress()).orElse("");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }
}
