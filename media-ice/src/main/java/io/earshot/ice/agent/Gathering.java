package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunTimers;
import io.earshot.ice.stun.StunTransaction;
import io.earshot.ice.stun.TransactionId;
import io.earshot.ice.turn.TurnConfig;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds our candidates: RFC 8445 §5.1.1. Answers of STUN servers are believed by transaction and source, as they have no integrity. */
final class Gathering {
    private static final StunTimers QUICK = new StunTimers(java.time.Duration.ofMillis(250), 5, 8);
    /** What a mapping at the router has for a server, in foundations. */
    private static final String ROUTER = "router";
    private static final long KEEPALIVE = 15 * Ticker.SECOND;
    /** How long the servers' answers to our other addresses are waited for, once those to the first are there. */
    private static final long OTHERS = 100 * Ticker.MILLISECOND;
    /** Servers are asked for RTCP's port between the questions for that of RTP, which they do not hold up. */
    private static final long SECOND_LATER = 10 * Ticker.MILLISECOND;

    private record Lookup(LocalAddress from, InetSocketAddress server, StunTransaction transaction) { }

    private final IceContext context;
    private final List<LocalAddress> bases = new ArrayList<>();
    private final List<LocalCandidate> candidates = new ArrayList<>();
    private final Map<TransactionId, Lookup> lookups = new LinkedHashMap<>();
    /** What the router passes on, by our sockets. */
    private final Map<InetSocketAddress, InetSocketAddress> passedOn = new HashMap<>();
    private final Map<String, String> foundations = new LinkedHashMap<>();
    private long budget = Ticker.NEVER;
    /** When the other addresses have been waited for. */
    private long patience = Ticker.NEVER;
    private long keepalive = Ticker.NEVER;
    private boolean running;
    private boolean told;
    /** Questions to servers in a call whose peer fell silent: are we still where we were? */
    private final Set<TransactionId> looks = new HashSet<>();
    private boolean moved;

    Gathering(IceContext context) {
        this.context = context;
    }

    /** Begins, or begins again with other sockets; what still holds is kept. */
    void start(List<LocalAddress> sockets, long now) {
        List<LocalAddress> fresh = sockets.stream().filter(each -> !bases.contains(each)).toList();
        bases.clear();
        bases.addAll(sockets);
        candidates.removeIf(each -> bases.stream().noneMatch(base -> base.address().equals(each.route().base())));
        lookups.values().removeIf(each -> !bases.contains(each.from));
        passedOn.keySet().removeIf(each -> base(each).isEmpty());
        running = true;
        keepalive = Ticker.NEVER;
        told = false;
        patience = Ticker.NEVER;
        budget = now + context.config.timing().gathering().toNanos();
        for (LocalAddress base : fresh) {
            host(base);
        }
        if (!context.config.lite()) {
            for (int component = 1; component <= context.components; component++) {
                long slot = now + (component - 1) * SECOND_LATER;
                for (LocalAddress base : of(bases, component)) {
                    slot = fresh.contains(base) ? lookups(base, slot) : slot;
                    slot = relays(base, slot);
                }
            }
        }
        advance(now);
    }

    private static List<LocalAddress> of(List<LocalAddress> sockets, int component) {
        return sockets.stream().filter(each -> each.component() == component).toList();
    }

    /** Forgets a component that there is no more; its relays are the owner's to give back. */
    void giveUp(int component) {
        bases.removeIf(each -> each.component() == component);
        candidates.removeIf(each -> each.candidate().component() == component);
        lookups.values().removeIf(each -> each.from.component() == component);
        passedOn.keySet().removeIf(each -> base(each).isEmpty());
    }

    /** Asks for the relays that were given back as they were not needed. */
    void reserve(long from) {
        long slot = from;
        for (LocalAddress base : context.config.lite() ? List.<LocalAddress>of() : bases) {
            slot = relays(base, slot);
        }
    }

    private void host(LocalAddress base) {
        int preference = preference(base);
        add(new LocalCandidate(Candidate.udp(foundation("host", base, ""), base.component(),
            CandidateType.HOST.priority(preference, base.component()), base.address(), CandidateType.HOST, Optional.empty()),
            new Route(base.component(), base.address(), Route.DIRECT), preference));
    }

    private long lookups(LocalAddress base, long from) {
        long slot = from;
        if (context.config.policy() != IceConfig.Policy.RELAY_ONLY) {
            for (InetSocketAddress server : context.config.stun()) {
                if (Stun.isSix(server) == Stun.isSix(base.address())) {
                    TransactionId id = TransactionId.next(context.ids);
                    byte[] request = StunBuilder.request(Stun.BINDING, id).fingerprint();
                    lookups.put(id, new Lookup(base, server, new StunTransaction(id, request, QUICK, slot)));
                    slot += step();
                }
            }
        }
        return slot;
    }

    /** Those that we do not have, be it because they were given back, or lost. */
    private long relays(LocalAddress base, long from) {
        long slot = from;
        for (TurnConfig server : context.config.turn()) {
            if (isFirstTo(server, base) && !context.relays.covers(base.address(), server)) {
                context.relays.add(base.component(), base.address(), server, slot);
                slot += step();
            }
        }
        return slot;
    }

    private long step() {
        return Math.min(context.config.timing().pacing().toNanos(), 20 * Ticker.MILLISECOND);
    }

    /** A relay is asked for once, from the first of our addresses that reaches it: it is no better from another one. */
    private boolean isFirstTo(TurnConfig server, LocalAddress base) {
        return of(bases, base.component()).stream().filter(each -> (server.transport() != TurnConfig.Transport.UDP
            || Stun.isSix(server.server()) == Stun.isSix(each.address()))).findFirst().filter(base::equals).isPresent();
    }

    /** Asks how we are seen from outside now; {@link #moved} tells whether that is elsewhere than before. */
    void look(long now) {
        moved = false;
        looks.clear();
        for (LocalAddress base : context.config.policy() == IceConfig.Policy.RELAY_ONLY ? List.<LocalAddress>of() : bases) {
            mirror(base).ifPresent(server -> {
                TransactionId id = TransactionId.next(context.ids);
                byte[] request = StunBuilder.request(Stun.BINDING, id).fingerprint();
                looks.add(id);
                lookups.put(id, new Lookup(base, server, new StunTransaction(id, request, QUICK, now)));
            });
        }
    }

    /** A server that tells how it sees this socket: relays over UDP do so too. */
    private Optional<InetSocketAddress> mirror(LocalAddress base) {
        return Stream.concat(context.config.stun().stream(), context.config.turn().stream()
            .filter(relay -> relay.transport() == TurnConfig.Transport.UDP).map(TurnConfig::server))
            .filter(server -> Stun.isSix(server) == Stun.isSix(base.address())).findFirst();
    }

    /** Tells whether we are seen elsewhere than before, as behind a router that restarted; once. */
    boolean moved() {
        boolean news = moved;
        moved = false;
        return news;
    }

    private void looked(LocalAddress base, InetSocketAddress mapped, InetSocketAddress server) {
        List<LocalCandidate> before = candidates.stream().filter(each -> each.candidate().type() == CandidateType.SERVER_REFLEXIVE
            && each.route().base().equals(base.address()) && !passedOn.containsValue(each.candidate().address())).toList();
        if (!before.isEmpty() && before.stream().noneMatch(each -> each.candidate().address().equals(mapped))) {
            candidates.removeAll(before);
            reflexive(base, mapped, server.getHostString());
            moved = true;
        }
    }

    /** IPv6 before IPv4, then in the order of the owner (RFC 8421). */
    private int preference(LocalAddress base) {
        int order = of(bases, base.component()).indexOf(base) + 1; // both components of an address are worth the same
        return (base.address().getAddress() instanceof Inet6Address ? 65_535 : 65_000) - Math.min(order, 400);
    }

    private String foundation(String type, LocalAddress base, String server) {
        String key = type + ' ' + base.address().getAddress().getHostAddress() + ' ' + server;
        return foundations.computeIfAbsent(key, made -> Integer.toString(foundations.size() + 1));
    }

    private void add(LocalCandidate fresh) {
        boolean redundant = candidates.stream().anyMatch(each -> each.candidate().address().equals(fresh.candidate().address())
            && each.route().equals(fresh.route()));
        if (!redundant) {
            candidates.add(fresh);
            if (visible(fresh)) {
                context.tell(new IceOutput.Found(shown(fresh)));
            }
        }
    }

    private boolean visible(LocalCandidate candidate) {
        return switch (context.config.policy()) {
            case ALL -> true;
            case HIDE_HOSTS -> candidate.candidate().type() != CandidateType.HOST;
            case RELAY_ONLY -> candidate.candidate().type() == CandidateType.RELAYED;
        };
    }

    private Candidate shown(LocalCandidate candidate) {
        Candidate mine = candidate.candidate();
        if (context.config.policy() == IceConfig.Policy.ALL || mine.related().isEmpty()) {
            return mine;
        }
        boolean six = Stun.isSix(mine.address());
        return Candidate.udp(mine.foundation(), mine.component(), mine.priority(), mine.address(), mine.type(),
            Optional.of(new InetSocketAddress(six ? "::" : "0.0.0.0", 9)));
    }

    /** A server told what it sees us at. */
    private void reflexive(LocalAddress base, InetSocketAddress mapped, String server) {
        int preference = preference(base);
        if (!mapped.equals(base.address()) && mapped.getPort() != 0 && context.config.policy() != IceConfig.Policy.RELAY_ONLY) {
            add(new LocalCandidate(Candidate.udp(foundation("srflx", base, server), base.component(),
                CandidateType.SERVER_REFLEXIVE.priority(preference, base.component()), mapped, CandidateType.SERVER_REFLEXIVE,
                Optional.of(base.address())), new Route(base.component(), base.address(), Route.DIRECT), preference));
        }
    }

    /** The router passes on to a socket of ours what comes to this address, or with none no longer does. */
    void mapped(InetSocketAddress local, Optional<InetSocketAddress> external) {
        Optional<LocalAddress> base = base(local);
        if (base.isEmpty() || Optional.ofNullable(passedOn.get(local)).equals(external)) {
            return;
        }
        InetSocketAddress before = passedOn.remove(local);
        candidates.removeIf(each -> each.candidate().address().equals(before) && each.route().base().equals(local)
            && each.candidate().type() == CandidateType.SERVER_REFLEXIVE);
        external.filter(address -> Stun.isSix(address) == Stun.isSix(local)).ifPresent(address -> {
            passedOn.put(local, address);
            reflexive(base.get(), address, ROUTER);
        });
    }

    /** A relay is ours. */
    List<LocalCandidate> relayed(Relays.Event.Ready ready) {
        LocalAddress base = new LocalAddress(ready.relay().component, ready.relay().base);
        if (!bases.contains(base)) {
            return List.of();
        }
        int before = candidates.size();
        TurnConfig server = ready.relay().client.config();
        ready.mapped().ifPresent(mapped -> reflexive(base, mapped, server.server().getHostString()));
        // The best is of the family of our own address, so that the SDP names one of those; no two have the same preference.
        List<InetSocketAddress> relayed = ready.relayed().stream()
            .sorted(java.util.Comparator.comparing(each -> Stun.isSix(each) != Stun.isSix(base.address()))).toList();
        for (InetSocketAddress address : relayed) {
            int preference = preference(base) - 1000 * server.transport().ordinal() - 500 * relayed.indexOf(address);
            add(new LocalCandidate(Candidate.udp(foundation("relay", base, server.toString() + Stun.isSix(address)), base.component(),
                CandidateType.RELAYED.priority(preference, base.component()), address, CandidateType.RELAYED,
                ready.mapped().or(() -> Optional.of(base.address()))),
                new Route(base.component(), base.address(), ready.relay().id), preference));
        }
        return List.copyOf(candidates.subList(before, candidates.size()));
    }

    void gone(Relays.Relay relay) {
        candidates.removeIf(each -> each.route().relay() == relay.id);
    }

    /** Takes the answer of a STUN server; empty when it is none. */
    Optional<List<LocalCandidate>> response(InetSocketAddress local, InetSocketAddress source, StunMessage message) {
        Lookup lookup = lookups.get(message.id());
        if (lookup == null) {
            return Optional.empty();
        }
        if (!lookup.server.equals(source) || !lookup.from.address().equals(local)) {
            context.counters.asymmetric++;
            return Optional.of(List.of());
        }
        lookups.remove(message.id());
        if (looks.remove(message.id())) {
            message.mapped().filter(mapped -> message.kind() == StunMessage.Kind.SUCCESS)
                .ifPresent(mapped -> looked(lookup.from, mapped, source));
            return Optional.of(List.of());
        }
        int before = candidates.size();
        message.mapped().filter(mapped -> message.kind() == StunMessage.Kind.SUCCESS)
            .ifPresent(mapped -> reflexive(lookup.from, mapped, source.getHostString()));
        return Optional.of(List.copyOf(candidates.subList(before, candidates.size())));
    }

    void advance(long now) {
        for (Lookup each : new ArrayList<>(lookups.values())) {
            switch (each.transaction.step(now)) {
                case SEND -> context.tell(new IceOutput.Transmit(each.from.address(), each.server, each.transaction.request()));
                case EXPIRED -> lookups.remove(each.transaction.id());
                case WAIT -> { }
            }
        }
        if (running && !told && patience == Ticker.NEVER && isFirstSettled()) {
            patience = Math.min(budget, now + OTHERS);
        }
        if (running && (now >= Math.min(budget, patience) || settled())) {
            tell(settled());
        }
        if (now >= keepalive) {
            keepalive = now + KEEPALIVE;
            for (LocalAddress base : bases) {
                context.config.stun().stream().filter(server -> Stun.isSix(server) == Stun.isSix(base.address())).findFirst()
                    .ifPresent(server -> context.tell(new IceOutput.Transmit(base.address(), server,
                        StunBuilder.indication(Stun.BINDING, TransactionId.next(context.ids)).fingerprint())));
            }
        } else if (keepalive == Ticker.NEVER && told) {
            keepalive = now + KEEPALIVE;
        }
    }

    private void tell(boolean complete) {
        if (!told) {
            told = true;
            context.tell(new IceOutput.Gathered(complete));
        }
        if (complete) {
            running = false;
            context.tell(new IceOutput.EndOfCandidates());
        }
    }

    /** The path is found: mappings at STUN servers need not be kept any more. */
    void completed() {
        keepalive = Long.MAX_VALUE - 1;
        lookups.clear();
    }

    /** An address from which no server is reached, as those of bridges inside this machine, holds nobody up, nor does RTCP's port. */
    private boolean isFirstSettled() {
        return !context.relays.busy(1) && lookups.values().stream()
            .noneMatch(each -> each.from.component() == 1 && each.from.address().getAddress().equals(bases.get(0).address().getAddress()));
    }

    private boolean settled() {
        return lookups.isEmpty() && !context.relays.busy();
    }

    boolean running() {
        return running;
    }

    List<LocalAddress> bases() {
        return List.copyOf(bases);
    }

    /** What pairs are made of: sockets and relays, not what sockets look like from outside (RFC 8445 §6.1.2.4). */
    List<LocalCandidate> senders() {
        return candidates.stream().filter(each -> each.candidate().type() == CandidateType.RELAYED
            || each.candidate().type() == CandidateType.HOST && context.config.policy() != IceConfig.Policy.RELAY_ONLY).toList();
    }

    /** What is sent to such an address from a route: a relay may have an address of each family. */
    Optional<LocalCandidate> sender(Route route, InetSocketAddress to) {
        return candidates.stream().filter(each -> each.route().equals(route) && Stun.isSix(each.candidate().address()) == Stun.isSix(to)
            && each.candidate().type() == (route.relayed() ? CandidateType.RELAYED : CandidateType.HOST)).findFirst();
    }

    Optional<LocalAddress> base(InetSocketAddress local) {
        for (LocalAddress each : bases) {
            if (each.address().equals(local)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** What the peer is told. */
    List<Candidate> told() {
        return candidates.stream().filter(this::visible).map(this::shown).toList();
    }

    long deadline() {
        long next = running && !told ? Math.min(budget, patience) : Ticker.NEVER;
        for (Lookup each : lookups.values()) {
            next = Math.min(next, each.transaction.deadline());
        }
        return Math.min(next, keepalive);
    }
}
