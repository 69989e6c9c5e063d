package io.earshot.sip.ua;

import io.earshot.api.ServersView;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.AddressOrder;
import io.earshot.sip.resolve.DefaultOrder;
import io.earshot.sip.resolve.Resolver;
import io.earshot.sip.resolve.Target;
import io.earshot.sip.transaction.Hop;
import io.earshot.sip.transaction.TransactionLayer;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** What the parts of one engine share: the layers below, the agenda, and the way out. */
final class Context {
    /** How many random bits tags, Call-IDs and the like carry. */
    private static final int TOKEN_BITS = 80;

    /** Who waits for the resolver; called from the engine's pump, never from within {@link #find}. */
    interface Finder {
        void found(List<Target> targets, long now);

        void notFound(String reason, long now);
    }

    final EngineConfig config;
    final IdSource ids;
    final TransactionLayer layer;
    final Resolver resolver;
    final Agenda agenda = new Agenda();
    final Bodies bodies = new Bodies();
    final Outages outages = new Outages();
    final Stickiness stickiness = new Stickiness();
    final Flows flows = new Flows(this);
    final Extensions extensions = new Extensions();
    final FinalCodecs finalCodecs = new FinalCodecs(server -> emit(new FinalCodecEvent.Stumbled(server)));
    final Nowhere nowhere = new Nowhere();
    final Pongs pongs = new Pongs(this);
    final StunPings stun = new StunPings(this);
    final List<Race> races = new ArrayList<>();
    final Revivals revivals = new Revivals();
    final Requests requests;
    final Acks acks;
    /** What we are called where nobody can connect to us. */
    private final String nameless;
    private final LocalAddresses addresses;
    private final Queue<EngineOutput> outputs = new ArrayDeque<>();
    private final Map<Long, Finder> finders = new HashMap<>();

    Context(EngineConfig config, IdSource ids, LocalAddresses addresses) {
        this.config = config;
        this.ids = ids;
        this.addresses = addresses;
        this.nameless = ids.token(TOKEN_BITS) + ".invalid";
        this.layer = new TransactionLayer(config.timers(), config.transactionLimits(), ids,
            config.serversView() != ServersView.NOT_ASKED);
        this.resolver = new Resolver(config.transports().stream().map(TransportTraits::protocol).toList(), config.dnsTimeout(), ids,
            order(), config.names());
        this.requests = new Requests(this);
        this.acks = new Acks(this);
    }

    private AddressOrder order() {
        AddressOrder usual = new DefaultOrder(addresses::towards);
        return switch (config.dualStack().preference()) {
            case IPV4 -> AddressOrder.IPV4_FIRST;
            case IPV6 -> AddressOrder.IPV6_FIRST;
            case AUTOMATIC -> (protocol, port, found) ->
                (isReliable(protocol) ? usual : AddressOrder.IPV4_FIRST).order(protocol, port, found);
        };
    }

    // ---- the way out

    void emit(SipEvent event) {
        outputs.add(new EngineOutput.Event(event));
    }

    void output(EngineOutput output) {
        outputs.add(output);
    }

    Optional<EngineOutput> pollOutput() {
        return Optional.ofNullable(outputs.poll());
    }

    // ---- identity

    String token() {
        return ids.token(TOKEN_BITS);
    }

    /** Returns a random time between two, in ns, from both ends inclusive. */
    long between(long least, long most) {
        return least + Math.floorMod(ids.nextLong(), most - least + 1);
    }

    long lifetime() {
        return 64 * config.timers().t1();
    }

    // ---- ways to others

    boolean isReliable(String protocol) {
        return traits(protocol).map(TransportTraits::reliable).orElse(!protocol.equals("UDP"));
    }

    Optional<TransportTraits> traits(String protocol) {
        return config.transports().stream().filter(traits -> traits.protocol().equals(protocol)).findFirst();
    }

    Optional<InetSocketAddress> local(String protocol, InetSocketAddress peer) {
        return addresses.towards(protocol, peer);
    }

    Optional<Hop> hop(Target target) {
        return local(target.protocol(), target.address()).map(local -> {
            boolean reachable = local.getPort() != 0;
            return new Hop(target.protocol(), isReliable(target.protocol()), target.address(), target.host(), Optional.empty(),
                reachable ? host(local) : nameless, reachable ? local.getPort() : -1);
        });
    }

    /** Looks for servers. The finder hears of it from the pump. Returns a number for {@link #forget}. */
    long find(Uri uri, Finder finder, long now) {
        Optional<Target> known = nowhere.target(uri);
        if (known.isPresent()) {
            agenda.at(now, then -> finder.found(List.of(known.get()), then));
            return -1;
        }
        if (uri instanceof SipUri sip) {
            long search = resolver.search(sip, now);
            finders.put(search, finder);
            return search;
        }
        agenda.at(now, then -> finder.notFound("Cannot send to " + uri + ": only sip: and sips: addresses can be reached", then));
        return -1;
    }

    void forget(long search) {
        if (finders.remove(search) != null) {
            resolver.cancel(search);
        }
    }

    Optional<Finder> takeFinder(long search) {
        return Optional.ofNullable(finders.remove(search));
    }

    // ---- answers

    /** Starts a response of ours, with a To tag where there is none yet. */
    ResponseBuilder reply(ServerRequest to, int status, String localTag) {
        ResponseBuilder builder = Response.to(to.request(), status);
        if (status > 100 && to.request().to().tag().isEmpty()) {
            builder.set(HeaderName.TO, to.request().to().withTag(localTag));
        }
        if (!config.userAgent().isEmpty()) {
            builder.set(HeaderName.SERVER, config.userAgent());
        }
        return builder;
    }

    void respond(ServerRequest to, Response response, long now) {
        layer.respond(to.transaction(), Security.response(to.request(), response), now);
    }

    /** Answers with a bare status. */
    void respond(ServerRequest to, int status, long now) {
        respond(to, reply(to, status, token()).build(), now);
    }

    /** Returns our Contact in answers on this flow. */
    SipUri contact(Optional<Account> account, String user, Flow flow) {
        InetSocketAddress local = local(flow.protocol(), flow.remote()).orElse(flow.local());
        return global(account, account.flatMap(known -> known.webSocket().contact(user, flow))
            .orElseGet(() -> contact(account, user, flow.protocol(), local, flow.remote())));
    }

    /** Returns our Contact in requests over this hop. */
    SipUri contact(Optional<Account> account, String user, Hop hop) {
        return global(account, direct(account, user, hop));
    }

    /** Returns the address itself that we are reached at over this hop, as the registrar has to know it. */
    SipUri direct(Optional<Account> account, String user, Hop hop) {
        return account.flatMap(known -> known.webSocket().contact(user, hop)).orElseGet(() -> contact(account, user, hop.protocol(),
            local(hop.protocol(), hop.peer()).orElse(hop.peer()), hop.peer()));
    }

    /** A Contact in dialogs: a GRUU where there is one (RFC 5627 §4.4), else ours, by its flow where that is agreed (RFC 5626 §4.3). */
    private static SipUri global(Optional<Account> account, SipUri direct) {
        return account.flatMap(Account::gruu)
            .orElseGet(() -> account.filter(Account::isOutbound).isPresent() ? direct.withParameter("ob") : direct);
    }

    private SipUri contact(Optional<Account> account, String user, String protocol, InetSocketAddress local, InetSocketAddress peer) {
        InetSocketAddress seen = account.flatMap(known -> known.publicAddress(protocol, local, peer)).orElse(local);
        boolean reachable = seen.getPort() != 0;
        String host = reachable ? host(seen) : nameless;
        SipUri bare = user.isEmpty() ? SipUri.ofHost(host) : SipUri.of(user, host);
        SipUri uri = reachable ? bare.withPort(seen.getPort()) : bare;
        if (account.filter(known -> known.settings().address().isSecure()).isPresent()) {
            return Security.secured(uri);
        }
        String name = protocol.equals("WSS") ? "ws" : protocol.toLowerCase(java.util.Locale.ROOT); // RFC 7118 §5.2 has no other
        return protocol.equals("UDP") ? uri : uri.withParameter("transport", name);
    }

    /** Returns the IP address as text, without brackets and zone. */
    static String host(InetSocketAddress address) {
        String text = address.getAddress() == null ? address.getHostString() : address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** Returns seconds as ns, capped so that sums do not overflow. */
    static long seconds(long seconds) {
        return Math.min(seconds, 0xFFFF_FFFFL) * Ticker.SECOND;
    }
}
