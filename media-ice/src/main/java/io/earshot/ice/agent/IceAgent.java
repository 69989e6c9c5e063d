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
    private final PeerNames names;
    private final PeerChecks peerChecks;
    private final SecondComponent second;
    private final PlainRelay plain;
    private Checks checks;
    private IceState state = IceState.NEW;
    private long releaseAt = Ticker.NEVER;
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
        names = new PeerNames(context);
        peerChecks = new PeerChecks(context, gathering, selections, responder);
        second = new SecondComponent(context, gathering, selections);
        checks = new Checks(context, selections, 0);
    }

    /**
     * Looks for candidates from these sockets; at most the gathering budget later {@link IceOutput.Gathered} tells to go on.
     *
     * @param sockets of both components, or of the first alone, which then is the only one
     */
    public void gather(List<LocalAddress> sockets, long now) {
        changed(context.remote.isPresent() ? IceState.CHECKING : IceState.GATHERING, "");
        second.begin(sockets);
        gathering.start(sockets, now);
        pairUp(now);
        second.dropIfUnknown(remoteComplete, checks, names, now);
        progress(now);
    }

    /**
     * Begins anew with fresh credentials, because the network changed or the path broke: tell {@link #local} in a new offer. Media goes
     * on over the old path, if its socket is still among these, until there is a new one.
     */
    public void restart(List<LocalAddress> sockets, long now) {
        context.previous = Optional.of(context.local);
        context.local = IceCredentials.fresh(context.ids);
        again(sockets, now);
    }

    /**
     * Begins anew with our credentials of now, because another device than before has answered the same offer: a fork that speaks, or has
     * taken the call. What it tells is {@link #remote}'s.
     */
    public void forked(List<LocalAddress> sockets, long now) {
        again(sockets, now);
    }

    private void again(List<LocalAddress> sockets, long now) {
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
        for (int component = 1; context.controlling && checks.concluded() && component <= context.components; component++) {
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
        boolean restarted = isNew(description);
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
        description.candidates().forEach(this::take);
        second.dropIfUnknown(remoteComplete, checks, names, now);
        pairUp(now);
        responder.early().forEach(check -> peerChecks.take(check, checks, now));
        if (first && state != IceState.NEW) {
            changed(IceState.CHECKING, "");
        }
        progress(now);
        return restarted;
    }

    /** Tells whether these are other credentials of the peer than those that count. */
    public boolean isNew(IceDescription description) {
        return context.remote.isPresent() && !context.remote.get().equals(description.credentials());
    }

    /** RTCP shares the port of RTP (RFC 5761): there is one component from now on, and nothing is kept for another. */
    public void shared(long now) {
        second.giveUp(checks, now);
        progress(now);
    }

    /**
     * Tells whether what is of this component takes a way that is looked for here, even if none was found. It does not where the peer
     * tells candidates of the other alone (RFC 8445 §6.1.2.2).
     */
    public boolean routes(int component) {
        return component <= context.components || second.isLost();
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
        take(candidate);
        pairUp(now);
        progress(now);
    }

    /** The peer will tell no more candidates. */
    public void endOfRemoteCandidates() {
        remoteComplete = true;
    }

    private void take(Candidate candidate) {
        InetSocketAddress address = candidate.address();
        boolean usable = candidate.transport().equals("udp") && candidate.component() <= context.components && address.getPort() != 0;
        if (usable && address.isUnresolved()) {
            if (names.ask(candidate)) {
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
        names.resolved(name, addresses).forEach(this::take);
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
        peerChecks.stranger(route, source, checks, now);
        return Receipt.STRANGER;
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
                    check.ifPresent(each -> peerChecks.take(each, checks, now));
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
        second.judge(state, checks, gathering.running(), now);
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
