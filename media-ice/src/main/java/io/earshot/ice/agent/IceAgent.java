package io.earshot.ice.agent;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.turn.TurnConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ICE for one audio stream. Sans-IO: after every call drain {@link #poll} until {@link IceOutput.Wait}; confined to one thread.
 *
 * <p>Offerer: {@link #gather}, on {@link IceOutput.Gathered} write {@link #local} into the offer, on the answer {@link #remote}.
 * Answerer: {@link #remote} with the offer, then {@link #gather}, and so on. Whatever a socket receives goes to {@link #received} first.
 */
public final class IceAgent {
    private static final long RELAYS_KEPT = 10 * Ticker.SECOND;
    private static final long STRANGER_CHECK = 500 * Ticker.MILLISECOND;
    private static final int MAX_NAMES = 16;

    /** What a datagram was. */
    public enum Receipt {
        /** STUN, TURN or garbage: done with. */
        CONSUMED,
        /** Media of the peer, who proved that it is at this address. */
        MEDIA,
        /** Neither; somebody that has not proved anything sent it. Drop it, or apply the latch rule of a call without ICE. */
        STRANGER
    }

    private final IceContext context;
    private final Gathering gathering;
    private final Selections selections;
    private final Responder responder;
    private final Map<String, List<Candidate>> names = new LinkedHashMap<>();
    private final PlainRelay plain;
    private Checks checks;
    private IceState state = IceState.NEW;
    private long releaseAt = Ticker.NEVER;
    private long strangerAt;
    private boolean remoteComplete;

    /**
     * Makes an agent.
     *
     * @param controlling true for the side that made the first offer of the call, unless the peer is lite and we are not
     */
    public IceAgent(IceConfig config, boolean controlling, IdSource ids) {
        context = new IceContext(requireNonNull(config), controlling, requireNonNull(ids));
        gathering = new Gathering(context);
        selections = new Selections(context, gathering);
        responder = new Responder(context);
        plain = new PlainRelay(context);
        checks = new Checks(context, selections, 0);
    }

    /** Looks for candidates from these sockets; at most the gathering budget later {@link IceOutput.Gathered} tells to go on. */
    public void gather(List<LocalAddress> sockets, long now) {
        changed(context.remote.isPresent() ? IceState.CHECKING : IceState.GATHERING, "");
        gathering.start(sockets, now);
        pairUp(now);
        progress(now);
    }

    /**
     * Begins anew with fresh credentials, because the network changed or the path broke: tell {@link #local} in a new offer. Media goes
     * on over the old path, if its socket is still among these, until there is a new one.
     */
    public void restart(List<LocalAddress> sockets, long now) {
        context.previous = Optional.of(context.local);
        context.local = IceCredentials.fresh(context.ids);
        context.remote = Optional.empty();
        remoteComplete = false;
        names.clear();
        responder.early();
        releaseAt = Ticker.NEVER;
        selections.keepOnly(sockets);
        context.former.keep(checks.list.all(), now);
        checks = new Checks(context, selections, now);
        gather(sockets, now);
    }

    /** Returns what to tell the peer now. */
    public IceDescription local() {
        List<String> options = context.config.lite() ? List.of("ice2") : List.of("trickle", "ice2");
        Map<Integer, InetSocketAddress> chosen = new LinkedHashMap<>();
        for (int component = 1; context.controlling && checks.concluded() && component <= context.config.components(); component++) {
            chosen.put(component, selections.pair(component).orElseThrow().remote.address());
        }
        return new IceDescription(context.local, context.config.lite(), options, gathering.told(), !gathering.running()
            && state != IceState.NEW, chosen);
    }

    /**
     * Takes what the peer told. Other credentials than before are a restart of the peer, to which we restart too.
     *
     * @return true if so: an answer must carry {@link #local} of now
     */
    public boolean remote(IceDescription description, long now) {
        boolean restarted = context.remote.isPresent() && !context.remote.get().equals(description.credentials());
        if (restarted) {
            restart(gathering.bases(), now);
        }
        boolean first = context.remote.isEmpty();
        context.remote = Optional.of(description.credentials());
        context.remoteLite = description.lite();
        if (description.lite() && !context.config.lite()) {
            context.controlling = true;
        }
        if (first) {
            checks.start(now);
        }
        remoteComplete |= description.complete() || !description.trickle();
        description.candidates().forEach(each -> take(each, now));
        pairUp(now);
        responder.early().forEach(check -> checked(check, now));
        if (first && state != IceState.NEW) {
            changed(IceState.CHECKING, "");
        }
        progress(now);
        return restarted;
    }

    /**
     * The router passes on to this socket of ours what comes to that address, as it was asked to (UPnP IGD, NAT-PMP, PCP): one more
     * candidate, known without a server. Empty: it no longer does.
     */
    public void mapped(InetSocketAddress socket, Optional<InetSocketAddress> external, long now) {
        if (context.config.policy() != IceConfig.Policy.RELAY_ONLY) {
            gathering.mapped(socket, external);
            progress(now);
        }
    }

    /**
     * The peer has no ICE, and we use relays only: media goes to where its SDP says by the relay whose address ours said. May be called
     * again when it is found to be at another port.
     *
     * @return whether there is a relay, and nothing but relays is used
     */
    public boolean relayTo(InetSocketAddress peer, long now) {
        boolean used = context.config.policy() == IceConfig.Policy.RELAY_ONLY && plain.use(gathering, peer, now);
        progress(now);
        return used;
    }

    /** Takes one more candidate of the peer. */
    public void addRemote(Candidate candidate, long now) {
        take(candidate, now);
        pairUp(now);
        progress(now);
    }

    /** The peer will tell no more candidates. */
    public void endOfRemoteCandidates() {
        remoteComplete = true;
    }

    private void take(Candidate candidate, long now) {
        InetSocketAddress address = candidate.address();
        boolean usable = candidate.transport().equals("udp") && candidate.component() <= context.config.components()
            && address.getPort() != 0;
        if (usable && address.isUnresolved()) {
            if (names.size() < MAX_NAMES) {
                names.computeIfAbsent(address.getHostString(), name -> {
                    context.tell(new IceOutput.Resolve(name));
                    return new ArrayList<>();
                }).add(candidate);
                return;
            }
            usable = false;
        }
        usable = usable && !address.getAddress().isAnyLocalAddress() && !address.getAddress().isMulticastAddress();
        if (!usable || !checks.list.remote(candidate)) {
            context.counters.candidatesIgnored++;
        }
    }

    /** Answers {@link IceOutput.Resolve}; an empty list says that there is no such name. */
    public void resolved(String name, List<InetAddress> addresses, long now) {
        List<Candidate> waiting = Optional.ofNullable(names.remove(name)).orElse(List.of());
        for (Candidate candidate : waiting) {
            addresses.stream().findFirst().ifPresent(ip -> take(candidate.at(new InetSocketAddress(ip, candidate.address().getPort())),
                now));
        }
        pairUp(now);
        progress(now);
    }

    private void pairUp(long now) {
        if (context.remote.isEmpty() || context.config.lite()) {
            return;
        }
        checks.list.remotes().forEach(each -> context.relays.permit(each.address(), each.component(), now));
        if (!checks.concluded() || selections.rescue().active()) {
            checks.list.form(gathering.senders());
        }
    }

    /**
     * Takes a datagram. Media of the selected path costs no allocation.
     *
     * @param local the socket that received it
     */
    public Receipt received(InetSocketAddress local, InetSocketAddress source, byte[] data, int offset, int length, long now) {
        boolean stun = Stun.looksLike(data, offset, length);
        boolean ours = selections.receivedDirect(local, source, now);
        if (!stun && ours) {
            return Receipt.MEDIA;
        }
        Receipt receipt = context.relays.received(local, source, data, offset, length, now) ? Receipt.CONSUMED
            : gathering.base(local).map(base -> dispatch(new Route(base.component(), local, Route.DIRECT), source, data, offset, length,
            now)).orElse(Receipt.STRANGER);
        progress(now);
        return receipt;
    }

    private Receipt dispatch(Route route, InetSocketAddress source, byte[] data, int offset, int length, long now) {
        if (Stun.looksLike(data, offset, length)) {
            if (StunMessage.parse(data, offset, length) instanceof StunResult.Parsed parsed) {
                stun(route, source, parsed.message(), length, now);
            } else {
                context.counters.malformed++;
            }
            return Receipt.CONSUMED;
        }
        Optional<Pair> pair = checks.list.find(route, source);
        if (pair.filter(each -> each.state == Pair.State.SUCCEEDED).isPresent()) {
            if (selections.silent(route.component(), now)) {
                selections.rescue().hears(pair.get(), now);
            }
            return Receipt.MEDIA;
        } else if (context.former.received(route, source, now)) {
            return Receipt.MEDIA;
        }
        stranger(route, source, now);
        return Receipt.STRANGER;
    }

    /** The peer may be behind a new mapping: ask, rarely, and only while its old one is silent. */
    private void stranger(Route route, InetSocketAddress source, long now) {
        if (checks.concluded() && context.remote.isPresent() && now >= strangerAt && selections.silent(route.component(), now)) {
            strangerAt = now + STRANGER_CHECK;
            checked(new Responder.Check(route, source, 1, false), now);
        }
    }

    private void stun(Route route, InetSocketAddress source, StunMessage message, int length, long now) {
        switch (message.kind()) {
            case REQUEST -> {
                if (message.method() == Stun.BINDING) {
                    boolean role = context.controlling;
                    Optional<Responder.Check> check = responder.request(route, source, message, length, now);
                    if (role != context.controlling) {
                        checks.list.roleChanged();
                    }
                    check.ifPresent(each -> checked(each, now));
                }
            }
            case INDICATION -> { } // a keepalive
            default -> {
                Optional<List<LocalCandidate>> found = gathering.response(route.base(), source, message);
                if (found.isPresent()) {
                    pairUp(now);
                } else if (!checks.response(route, source, message, now) && !selections.response(route, source, message, now)) {
                    context.counters.unknownTransaction++;
                }
            }
        }
    }

    private void checked(Responder.Check check, long now) {
        if (context.remote.isEmpty()) {
            responder.keep(check);
            return;
        }
        Optional<LocalCandidate> local = gathering.sender(check.route(), check.source());
        CheckList list = checks.list;
        int component = check.route().component();
        if (local.isEmpty()) {
            return;
        }
        if (list.known(component, check.source()).isEmpty() && !list.remote(Candidate.udp("prflx" + list.remotes().size(), component,
                check.priority(), check.source(), CandidateType.PEER_REFLEXIVE, Optional.empty()))) {
            context.counters.candidatesIgnored++;
            return;
        }
        Candidate remote = list.known(component, check.source()).orElseThrow();
        Optional<Pair> pair = list.find(check.route(), check.source()).or(() -> list.add(local.get(), remote));
        pair.ifPresent(each -> triggered(each, check.nominates() && !context.controlling, now));
    }

    private void triggered(Pair pair, boolean nominated, long now) {
        if (context.config.lite()) {
            pair.state = Pair.State.SUCCEEDED;
        }
        if (pair.state == Pair.State.SUCCEEDED) {
            if (nominated) {
                checks.nominated(pair, now);
            } else if (selections.follows(pair, now)) {
                selections.select(pair, now);
            }
        } else {
            pair.nominateOnSuccess |= nominated;
            if (!pair.nominating) {
                checks.list.trigger(pair);
            }
        }
    }

    private void relayEvents(long now) {
        for (List<Relays.Event> events = context.relays.events(); !events.isEmpty(); events = context.relays.events()) {
            for (Relays.Event event : events) {
                if (event instanceof Relays.Event.Ready ready) {
                    gathering.relayed(ready);
                    pairUp(now);
                } else if (event instanceof Relays.Event.Gone gone) {
                    gathering.gone(gone.relay());
                    if (plain.lost(gone.relay().id)) {
                        changed(IceState.DISCONNECTED, "the relay is gone");
                    }
                    checks.list.dropRelay(gone.relay().id);
                    selections.dropRelay(gone.relay().id);
                } else if (event instanceof Relays.Event.Data data) {
                    relayData(data, now);
                }
            }
        }
    }

    private void relayData(Relays.Event.Data data, long now) {
        if (plain.received(data)) {
            return;
        }
        Route route = new Route(data.relay().component, data.relay().base, data.relay().id);
        boolean stun = Stun.looksLike(data.data(), 0, data.data().length);
        boolean selected = selections.received(route, data.peer(), now);
        if (!stun && selected || dispatch(route, data.peer(), data.data(), 0, data.data().length, now) == Receipt.MEDIA) {
            context.tell(new IceOutput.Media(route.component(), data.peer(), data.data()));
        }
    }

    /**
     * Sends media on the selected path, and before there is one on the best that works (RFC 8445 §12.1), so that the first words are
     * not lost; false when there is none or the peer's consent ran out.
     */
    public boolean send(int component, byte[] data, long now) {
        boolean sent = plain.isUsed() ? plain.send(data, now) : selections.send(component, data, now);
        if (!sent && !plain.isUsed() && selections.pair(component).isEmpty()) {
            Optional<Pair> works = checks.valid(component).stream().findFirst();
            works.ifPresent(pair -> context.send(pair.local.route(), pair.remote.address(), data, now));
            sent = works.isPresent();
        }
        relayEvents(now);
        return sent;
    }

    /** Returns the path of a component once there is one. */
    public Optional<IcePath> path(int component) {
        return selections.pair(component).map(Pair::path);
    }

    /** The connection to a relay is up. */
    public void streamOpened(int stream, long now) {
        context.relays.opened(stream, now);
        progress(now);
    }

    /** Bytes of the connection to a relay. */
    public void streamReceived(int stream, byte[] data, int offset, int length, long now) {
        context.relays.streamReceived(stream, data, offset, length, now);
        progress(now);
    }

    /** The connection to a relay is gone, or could not be made. */
    public void streamClosed(int stream, long now) {
        context.relays.closed(stream, now);
        progress(now);
    }

    /** Gives new credentials for a relay. */
    public void relayCredentials(TurnConfig server, String user, String password, long now) {
        context.relays.credentials(server, user, password, now);
        progress(now);
    }

    /** Advances to this time. */
    public void timer(long now) {
        progress(now);
    }

    private void progress(long now) {
        if (state == IceState.CLOSED) {
            context.relays.advance(now);
            return;
        }
        context.relays.advance(now);
        relayEvents(now);
        checks.advance(now);
        selections.advance(now);
        gathering.advance(now);
        if (now >= selections.unansweredAt()) {
            boolean behind = selections.elsewhere();
            if (gathering.moved() || behind) {
                context.tell(new IceOutput.Moved());
            }
        }
        relayEvents(now);
        judge(now);
    }

    private void judge(long now) {
        if (selections.consentLost(now)) {
            changed(IceState.DISCONNECTED, "the peer has not answered for " + context.config.timing().consentLost().toSeconds() + " s");
        } else if (context.remote.isPresent() && checks.concluded() && !selections.lost()) {
            if (state != IceState.COMPLETED) {
                gathering.completed();
                releaseAt = now + RELAYS_KEPT;
                changed(IceState.COMPLETED, "");
            }
        } else if (state == IceState.COMPLETED && !checks.concluded()) {
            changed(IceState.DISCONNECTED, "the relay of the path is gone");
        } else if (state == IceState.CHECKING && checks.hopeless(gathering.running(), now)) {
            changed(IceState.FAILED, remoteComplete ? "no pair of candidates works"
                : "no pair of candidates works, and the peer told no others");
        }
        if (context.spare && !selections.rescue().active()) {
            context.spare = false;
            releaseAt = now + RELAYS_KEPT;
        }
        if (now >= releaseAt) {
            releaseAt = Ticker.NEVER;
            context.relays.keep(selections.relays(), now);
        }
    }

    private void changed(IceState to, String reason) {
        if (state != to) {
            state = to;
            context.tell(new IceOutput.Changed(to, reason));
        }
    }

    /** Ends: relays are given back, nothing more is sent but that. */
    public void close(long now) {
        if (state != IceState.CLOSED) {
            changed(IceState.CLOSED, "");
            context.relays.keep(java.util.Set.of(), now);
        }
    }

    /** Returns how far it is. */
    public IceState state() {
        return state;
    }

    /** Tells whether we choose the path. */
    public boolean controlling() {
        return context.controlling;
    }

    /** Returns what was dropped and why. */
    public IceCounters counters() {
        return context.counters;
    }

    /** Tells whether there is something to {@link #poll} after a {@link Receipt#MEDIA}. */
    public boolean pending() {
        return context.stirred || !context.outputs.isEmpty();
    }

    /** Returns the next output; the last is {@link IceOutput.Wait}, whose deadline lies after {@code now}. */
    public IceOutput poll(long now) {
        IceOutput next = context.outputs.poll();
        if (next != null) {
            return next;
        }
        context.stirred = false;
        long deadline = context.relays.deadline();
        if (state != IceState.CLOSED) {
            deadline = Math.min(deadline, Math.min(gathering.deadline(), Math.min(releaseAt,
                Math.min(checks.deadline(now), selections.deadline(now)))));
        }
        return new IceOutput.Wait(deadline);
    }
}
