package io.earshot.sip.ua;

import io.earshot.api.ServersView;
import io.earshot.sip.auth.DigestClient;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.transaction.Hop;
import java.net.InetAddress;
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
    private final AccountSettings configured;
    private AccountSettings settings;
    private int server;
    private Optional<RegistrationFacts> facts = Optional.empty();
    private final Optional<DigestClient> digest;
    private final Set<InetSocketAddress> challengers = new LinkedHashSet<>();
    private final WebSocketWay webSocket;
    private final Registration registration;
    private final Context context;
    /** Few accounts have one. */
    private Optional<SecondFlow> secondFlow = Optional.empty();
    private Optional<Mapping> mapping = Optional.empty();
    /** What our router passes on to us. */
    private Optional<Mapping> router = Optional.empty();
    /** Whether our NAT is symmetric, or may be. */
    private boolean symmetric = true;

    Account(AccountId id, AccountSettings settings, Context context) {
        this.id = id;
        this.configured = settings;
        this.settings = settings;
        this.digest = settings.credentials()
            .map(credentials -> new DigestClient(List.of(credentials), context.ids, context.config.maxAuthenticationTries()));
        this.webSocket = new WebSocketWay(context, settings.webSockets());
        this.context = context;
        use(settings.failOver().first());
        this.registration = new Registration(context, this);
    }

    AccountId id() {
        return id;
    }

    /** Returns the settings as they are now: at the server that is in use, through the routes that it gave. */
    AccountSettings settings() {
        return settings;
    }

    /** Returns the settings for REGISTER at a server: 0 for the account's own, then its backups. */
    AccountSettings settingsAt(int index) {
        return index == 0 ? configured : configured.at(configured.failOver().backups().get(index - 1));
    }

    int servers() {
        return 1 + configured.failOver().backups().size();
    }

    /** Returns which server is in use: 0 for the account's own. */
    int server() {
        return server;
    }

    /** Uses a server from now on; its routes are those configured until it gives some. */
    void use(int index) {
        if (index != server) {
            server = index;
            settings = settingsAt(index);
            facts = Optional.empty();
        }
    }

    /** Takes what the registrar told; tells whether that is news to anybody. */
    boolean learn(RegistrationFacts told) {
        boolean plain = servers() == 1 && told.isPlain() && facts.map(RegistrationFacts::isPlain).orElse(true);
        boolean news = !plain && !facts.equals(Optional.of(told));
        facts = Optional.of(told);
        AccountSettings base = settingsAt(server);
        settings = told.serviceRoute().isEmpty() ? base : base.withServiceRoute(told.serviceRoute());
        return news;
    }

    /** Forgets what the registrar told: we are not registered any more. */
    void forgetFacts() {
        facts = Optional.empty();
        settings = settingsAt(server);
        secondFlow.ifPresent(SecondFlow::drop);
    }

    /** Returns the Contact that reaches us from everywhere, if it is wanted and known (RFC 5627 §4.4). */
    Optional<SipUri> gruu() {
        return switch (settings.registration().gruu()) {
            case NONE -> Optional.empty();
            case PUBLIC -> facts.flatMap(RegistrationFacts::publicGruu);
            case TEMPORARY -> facts.flatMap(known -> known.temporaryGruu().or(known::publicGruu));
        };
    }

    /** Tells whether requests that come in are to come over the flow of the registration (RFC 5626 §4.3). */
    boolean isOutbound() {
        return facts.filter(RegistrationFacts::outbound).isPresent();
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

    Optional<SecondFlow> secondFlow() {
        return secondFlow;
    }

    /** The registration stands at this server, over this hop, bound to its flow or not: there may be a second flow. */
    void registered(int at, Hop hop, boolean bound, long now) {
        if (bound && secondFlow.isEmpty()) {
            secondFlow = Optional.of(new SecondFlow(context, this));
        }
        secondFlow.ifPresent(flow -> flow.follow(at, hop, bound, now));
    }

    boolean isIdle() {
        return registration.isIdle() && secondFlow.filter(flow -> !flow.isIdle()).isEmpty();
    }

    /** Ends the registration, over each of its flows. */
    void unregister(long now) {
        secondFlow.ifPresent(flow -> flow.stop(now));
        registration.unregister(now);
    }

    /** Tells whether an address is that of a server that this account is registered at. */
    boolean isAt(InetAddress address) {
        return registration.isAt(address) || secondFlow.filter(flow -> flow.isAt(address)).isPresent();
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

    /** Takes what our router passes on to a port of ours; tells whether it is news. */
    boolean reachedAt(InetSocketAddress local, Optional<InetSocketAddress> external) {
        Optional<Mapping> now = external.map(seen -> new Mapping("UDP", local, seen, seen));
        boolean news = !now.equals(router);
        router = now;
        return news;
    }

    /** Tells whether our router passes on to us what this peer sends, so that it does not matter where it sees us. */
    boolean isPassedOn(String protocol, InetSocketAddress local, InetSocketAddress peer) {
        return router.isPresent() && passedOn(protocol, local, peer).isPresent();
    }

    private Optional<InetSocketAddress> passedOn(String protocol, InetSocketAddress local, InetSocketAddress peer) {
        return router.filter(known -> known.protocol().equals(protocol) && known.local().equals(local)
            && !isNear(peer.getAddress())).map(Mapping::seen);
    }

    private static boolean isNear(InetAddress address) {
        return address == null || address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress();
    }

    /** Takes whether the NAT in front of us is symmetric, which it may be until somebody says no; tells whether our Contact may change. */
    boolean behind(boolean symmetricNat) {
        ServersView view = context.config.serversView();
        boolean matters = view == ServersView.BEHIND_SYMMETRIC_NAT || view == ServersView.TOWARDS_PUBLIC_SERVERS;
        boolean changed = matters && symmetric != symmetricNat;
        symmetric = symmetricNat;
        boolean news = changed && (symmetricNat ? mapping.isEmpty()
            : mapping.filter(known -> !isSeenTruly(known.local().getAddress(), known.registrar().getAddress())).isPresent());
        if (news) {
            forgetMapping();
        }
        return news;
    }

    /** Tells whether it counts where a server sees what we send from this address of ours. */
    boolean isSeenTruly(InetAddress local, InetAddress server) {
        return switch (context.config.serversView()) {
            case NOT_ASKED, IGNORED -> false;
            case BEHIND_SYMMETRIC_NAT -> symmetric;
            case TOWARDS_PUBLIC_SERVERS -> symmetric || Networks.isPrivate(local) && !Networks.isPrivate(server);
            case IN_PRIVATE_NETWORKS -> Networks.isPrivate(local);
            case ALWAYS -> true;
        };
    }

    /** Returns the address that others see instead of this local one. */
    Optional<InetSocketAddress> publicAddress(String protocol, InetSocketAddress local, InetSocketAddress peer) {
        Optional<InetSocketAddress> passed = passedOn(protocol, local, peer);
        return passed.isPresent() ? passed : mapping.filter(known -> known.protocol().equals(protocol) && known.local().equals(local)
            && known.holdsFor(peer)).map(Mapping::seen);
    }

    /** Returns what a server should see us at over this hop; empty where that does not matter. */
    Optional<InetSocketAddress> expected(Hop hop) {
        return context.local(hop.protocol(), hop.peer())
            .filter(own -> isSeenTruly(own.getAddress(), hop.peer().getAddress()) && !isPassedOn(hop.protocol(), own, hop.peer()))
            .map(own -> publicAddress(hop.protocol(), own, hop.peer()).orElse(own));
    }

    void forgetMapping() {
        mapping = Optional.empty();
    }

    /** Takes what the registrar sees; tells whether it is news. */
    boolean learn(String protocol, InetSocketAddress local, InetSocketAddress seen, InetSocketAddress registrar) {
        Optional<Mapping> now = seen.equals(local) ? Optional.empty() : Optional.of(new Mapping(protocol, local, seen, registrar));
        boolean news = !now.equals(mapping);
        mapping = now;
        return news && !isPassedOn(protocol, local, registrar);
    }
}
