package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunTimers;
import io.earshot.ice.stun.StunTransaction;
import io.earshot.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths in use: consent (RFC 7675), keepalives, and what is noticed when media stops. */
final class Selections {
    private static final StunTimers PROBE = new StunTimers(Duration.ofMillis(75), 3, 4);
    private static final StunTimers CONSENT = new StunTimers(Duration.ofMillis(500), 2, 4);
    private static final long SILENT = 200 * Ticker.MILLISECOND;
    /** The same of RTCP, which comes each five seconds, as questions for consent do: who is silent for less is not gone. */
    private static final long REPORTS_SILENT = 7 * Ticker.SECOND;
    private static final long STOPPED = 600 * Ticker.MILLISECOND;
    /** A peer that is there answers sooner, twice asked. */
    private static final long UNANSWERED = 300 * Ticker.MILLISECOND;
    private static final long FLOWING = 100 * Ticker.MILLISECOND;
    private static final long KEEPALIVE = 15 * Ticker.SECOND;
    /** From then on a silent peer is asked no more often than others. */
    private static final long GIVEN_UP = 10 * Ticker.SECOND;
    private static final long AGAIN = 400 * Ticker.MILLISECOND;
    private static final int STEADY = 5;

    /** One path. */
    private static final class Path {
        final Pair pair;
        final IceCredentials local;
        final Optional<IceCredentials> remote;
        final List<StunTransaction> asked = new ArrayList<>();
        long askAt;
        long consentUntil;
        long lastReceived = Ticker.NEVER;
        /** How many packets came close to each other lately: one that was late does not count, and a voice that pauses does not flow. */
        int steady;
        boolean probing;
        long probedAt;
        long askAgainAt;
        /** Whether it was taken because the one before is dead, and the two sides have not settled on one yet. */
        boolean bridge;
        /** Whether the peer sees us elsewhere than before: it may go on sending to where we were. */
        boolean elsewhere;

        Path(Pair pair, IceCredentials local, Optional<IceCredentials> remote) {
            this.pair = pair;
            this.local = local;
            this.remote = remote;
        }

        /** RTCP comes too rarely for its silence to say anything. */
        boolean carriesSound() {
            return pair.component() == 1;
        }
    }

    private final IceContext context;
    private final Map<Integer, Path> paths = new LinkedHashMap<>();
    /** The same, to be walked through for each packet without an iterator. */
    private Path[] quick = new Path[0];
    private boolean lost;
    private final Gathering gathering;
    private final Rescue rescue;
    private final Set<Integer> served = new HashSet<>();

    Selections(IceContext context, Gathering gathering) {
        this.context = context;
        this.gathering = gathering;
        rescue = new Rescue(context, gathering, this);
    }

    /** Returns what is done when media stops. */
    Rescue rescue() {
        return rescue;
    }

    void select(Pair pair, long now) {
        Path path = new Path(pair, context.local, context.remote);
        path.askAt = now + interval();
        path.consentUntil = now + context.config.timing().consentLost().toNanos();
        paths.put(pair.component(), path);
        served.add(pair.component());
        index();
        lost &= !path.carriesSound();
        if (pair.local.route().relayed()) {
            context.relays.bind(pair.local.route().relay(), pair.remote.address(), now);
        }
        context.tell(new IceOutput.Selected(pair.component(), pair.path()));
    }

    /** Tells whether any pair that works is better than what there is: the path in use died, or went with its socket. */
    boolean needsBridge(int component, List<Pair> present) {
        Path path = paths.get(component);
        return path == null ? served.contains(component) : !present.contains(path.pair) && (path.probing || lost);
    }

    /** Takes a pair until the two sides have settled on one. */
    void bridge(Pair pair, long now) {
        select(pair, now);
        paths.get(pair.component()).bridge = true;
    }

    boolean isBridge(int component) {
        Path path = paths.get(component);
        return path != null && path.bridge;
    }

    /** The two sides have settled on the pair in use. */
    void confirm(int component) {
        paths.get(component).bridge = false;
    }

    /** Tells whether a peer that fell silent is heard again, or answers. */
    boolean recovered(int component) {
        Path path = paths.get(component);
        return path == null || !path.probing;
    }

    /** Tells whether the peer has been heard on the path in use. */
    boolean hears(int component) {
        Path path = paths.get(component);
        return path != null && path.lastReceived != Ticker.NEVER;
    }

    private void index() {
        quick = paths.values().toArray(new Path[0]);
    }

    Optional<Pair> pair(int component) {
        return Optional.ofNullable(paths.get(component)).map(path -> path.pair);
    }

    /** Forgets the paths whose sockets are none of these. */
    void keepOnly(List<LocalAddress> bases) {
        paths.values().removeIf(path -> bases.stream().noneMatch(base -> base.address().equals(path.pair.local.route().base())));
        index();
    }

    /** Tells whether the peer has been silent so long that another pair that works is to be preferred. */
    boolean silent(int component, long now) {
        Path path = paths.get(component);
        long patience = component == 1 ? SILENT : REPORTS_SILENT;
        return path != null && (path.lastReceived == Ticker.NEVER ? path.probing : now - path.lastReceived >= patience);
    }

    /** Tells whether a pair that was just verified is the same peer behind a new mapping, and its old one silent. */
    boolean follows(Pair pair, long now) {
        Path path = paths.get(pair.component());
        return path != null && path.pair != pair && silent(pair.component(), now) && path.pair.local.route().equals(pair.local.route())
            && pair.remote.type() == CandidateType.PEER_REFLEXIVE;
    }

    /** Counts a datagram of the peer; tells whether it came the selected way. Allocates nothing. */
    boolean received(Route route, InetSocketAddress source, long now) {
        Path path = paths.get(route.component());
        if (path == null || !path.pair.connects(route, source)) {
            return false;
        }
        received(path, now);
        return true;
    }

    /** The selected path of a socket, to tell media of the peer from media of strangers. */
    boolean receivedDirect(InetSocketAddress local, InetSocketAddress source, long now) {
        for (Path path : quick) {
            Route route = path.pair.local.route();
            if (!route.relayed() && route.base().equals(local) && path.pair.remote.address().equals(source)) {
                received(path, now);
                return true;
            }
        }
        return false;
    }

    private void received(Path path, long now) {
        boolean close = path.carriesSound() && path.lastReceived != Ticker.NEVER && now - path.lastReceived <= FLOWING;
        context.stirred |= path.probing || close && path.steady == 0;
        path.steady = close ? Math.min(path.steady + 1, STEADY) : Math.max(path.steady - 2, 0);
        path.probing = false;
        path.lastReceived = now;
    }

    /** Sends media; false when there is no path, or no consent any more. */
    boolean send(int component, byte[] data, long now) {
        Path path = paths.get(component);
        if (path == null || consents() && now >= path.consentUntil) {
            return false;
        }
        context.send(path.pair.local.route(), path.pair.remote.address(), data, now);
        return true;
    }

    private boolean consents() {
        return !context.config.lite() && !context.config.timing().consent().isZero();
    }

    private long interval() {
        if (!consents()) {
            return KEEPALIVE;
        }
        long base = context.config.timing().consent().toNanos();
        return base * 4 / 5 + Math.floorMod(context.ids.nextLong(), Math.max(1, base * 2 / 5));
    }

    /** Takes a response to a consent check; false when it is none. */
    boolean response(Route route, InetSocketAddress source, StunMessage message, long now) {
        if (rescue.response(route, source, message, now)) {
            return true;
        }
        for (Path path : paths.values()) {
            Optional<StunTransaction> asked = path.asked.stream().filter(each -> each.id().equals(message.id())).findFirst();
            if (asked.isPresent()) {
                StunKey key = StunKey.shortTerm(path.remote.orElseThrow().password());
                if (message.integritySha1(key) != StunMessage.Integrity.VALID) {
                    context.counters.wrongIntegrity++;
                } else if (!path.pair.connects(route, source)) {
                    context.counters.asymmetric++;
                } else if (message.kind() == StunMessage.Kind.SUCCESS) {
                    path.pair.answered(asked.get(), now);
                    path.asked.clear();
                    path.consentUntil = now + context.config.timing().consentLost().toNanos();
                    path.probing = false;
                    path.elsewhere |= path.pair.seen.isPresent() && message.mapped().isPresent()
                        && !path.pair.seen.equals(message.mapped());
                    path.pair.seen = message.mapped().or(() -> path.pair.seen);
                    lost &= !path.carriesSound();
                }
                return true;
            }
        }
        return false;
    }

    void advance(long now) {
        for (Path path : quick) {
            if (path.remote.isEmpty()) {
                continue;
            }
            if (consents() && path.steady > 0 && !path.probing && now - path.lastReceived >= STOPPED) {
                path.probing = true;
                path.probedAt = now;
                path.steady = 0;
                path.askAgainAt = now;
                gathering.look(now);
                context.relays.check(now);
                rescue.begin(path.pair.component(), now);
            }
            if (path.probing && now >= path.askAgainAt && now < path.probedAt + GIVEN_UP) {
                path.askAgainAt = now + AGAIN;
                ask(path, PROBE, now);
            }
            if (now >= path.askAt) {
                path.askAt = now + interval();
                if (consents()) {
                    ask(path, CONSENT, now);
                } else {
                    context.send(path.pair.local.route(), path.pair.remote.address(),
                        StunBuilder.indication(Stun.BINDING, TransactionId.next(context.ids)).fingerprint(), now);
                }
            }
            step(path, now);
        }
        rescue.advance(now);
    }

    private void ask(Path path, StunTimers timers, long now) {
        TransactionId id = TransactionId.next(context.ids);
        byte[] request = Checks.request(context, path.pair, id, false, path.remote.orElseThrow(), path.local);
        if (path.asked.size() < 8) {
            path.asked.add(new StunTransaction(id, request, timers, now));
        }
    }

    private void step(Path path, long now) {
        for (StunTransaction each : List.copyOf(path.asked)) {
            switch (each.step(now)) {
                case SEND -> context.send(path.pair.local.route(), path.pair.remote.address(), each.request(), now);
                case EXPIRED -> path.asked.remove(each);
                case WAIT -> { }
            }
        }
    }

    /** Returns when a silent peer has left the question unanswered for too long; never when nobody is asked. */
    long unansweredAt() {
        for (Path path : quick) {
            if (path.carriesSound() && (path.probing || path.elsewhere)) {
                return path.probedAt + UNANSWERED;
            }
        }
        return Ticker.NEVER;
    }

    /** Tells whether a peer that sees us elsewhere than before has not followed us there; once. */
    boolean elsewhere() {
        boolean news = false;
        for (Path path : quick) {
            news |= path.carriesSound() && path.elsewhere && path.lastReceived <= path.probedAt;
            path.elsewhere = false;
        }
        return news;
    }

    /** Tells whether consent for sound ran out, once. */
    boolean consentLost(long now) {
        if (!lost && ranOut(1, now)) {
            lost = true;
            return true;
        }
        return false;
    }

    /** Tells whether consent of a component ran out. */
    boolean ranOut(int component, long now) {
        Path path = paths.get(component);
        return path != null && consents() && path.remote.isPresent() && now >= path.consentUntil;
    }

    /** Forgets a component that there is no more. */
    void giveUp(int component) {
        paths.remove(component);
        served.remove(component);
        index();
    }

    boolean lost() {
        return lost;
    }

    /** The relays in use. */
    Set<Integer> relays() {
        return paths.values().stream().map(path -> path.pair.local.route()).filter(Route::relayed).map(Route::relay)
            .collect(java.util.stream.Collectors.toSet());
    }

    void dropRelay(int relay) {
        paths.values().removeIf(path -> path.pair.local.route().relay() == relay);
        index();
    }

    long deadline(long now) {
        long next = rescue.deadline();
        for (Path path : paths.values()) {
            if (path.remote.isPresent()) {
                next = Math.min(next, path.askAt);
                next = consents() && path.consentUntil > now ? Math.min(next, path.consentUntil) : next;
                boolean judged = path.carriesSound() && (path.probing || path.elsewhere) && path.probedAt + UNANSWERED > now;
                next = judged ? Math.min(next, path.probedAt + UNANSWERED) : next;
                next = consents() && path.steady > 0 && !path.probing ? Math.min(next, path.lastReceived + STOPPED) : next;
                next = path.probing && now < path.probedAt + GIVEN_UP ? Math.min(next, path.askAgainAt) : next;
                for (StunTransaction each : path.asked) {
                    next = Math.min(next, each.deadline());
                }
            }
        }
        return next;
    }
}
