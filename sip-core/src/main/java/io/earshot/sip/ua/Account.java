package io.earshot.sip.ua;

import io.earshot.sip.auth.DigestClient;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One account at run time: its settings, its digest state, and what its server told about our address. */
final class Account {
    private static final int MAX_CHALLENGERS = 16;

    /** An address of ours as its registrar sees it. */
    private record Mapping(String protocol, InetSocketAddress local, InetSocketAddress seen, InetSocketAddress registrar) {
        /** What belongs to one connection is of no use to others than who is at its end. */
        boolean holdsFor(InetSocketAddress peer) {
            return protocol.equals("UDP") || registrar.equals(peer);
        }
    }

    private final AccountId id;
    private final AccountSettings settings;
    private final Optional<DigestClient> digest;
    private final Set<InetSocketAddress> challengers = new LinkedHashSet<>();
    private final WebSocketWay webSocket;
    private final Registration registration;
    private Optional<Mapping> mapping = Optional.empty();

    Account(AccountId id, AccountSettings settings, Context context) {
        this.id = id;
        this.settings = settings;
        this.digest = settings.credentials()
            .map(credentials -> new DigestClient(List.of(credentials), context.ids, context.config.maxAuthenticationTries()));
        this.webSocket = new WebSocketWay(context, settings.webSockets());
        this.registration = new Registration(context, this);
    }

    AccountId id() {
        return id;
    }

    AccountSettings settings() {
        return settings;
    }

    Optional<DigestClient> digest() {
        return digest;
    }

    WebSocketWay webSocket() {
        return webSocket;
    }

    Registration registration() {
        return registration;
    }

    /** Tells whether this server has asked for our credentials before, so that it may have them unasked. */
    boolean wasChallengedBy(InetSocketAddress server) {
        return challengers.contains(server);
    }

    void challengedBy(InetSocketAddress server) {
        if (challengers.size() < MAX_CHALLENGERS) {
            challengers.add(server);
        }
    }

    /** Returns the address that others see instead of this local one. */
    Optional<InetSocketAddress> publicAddress(String protocol, InetSocketAddress local, InetSocketAddress peer) {
        return mapping.filter(known -> known.protocol().equals(protocol) && known.local().equals(local) && known.holdsFor(peer))
            .map(Mapping::seen);
    }

    /** Takes what the registrar sees; tells whether it is news. */
    boolean learn(String protocol, InetSocketAddress local, InetSocketAddress seen, InetSocketAddress registrar) {
        Optional<Mapping> now = seen.equals(local) ? Optional.empty() : Optional.of(new Mapping(protocol, local, seen, registrar));
        boolean news = !now.equals(mapping);
        mapping = now;
        return news;
    }
}
