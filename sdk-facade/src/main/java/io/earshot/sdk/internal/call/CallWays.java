package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallPath;
import io.earshot.api.Failure;
import io.earshot.api.Nat;
import io.earshot.api.NatKind;
import io.earshot.api.NatReport;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.route.RouteOutput;
import io.earshot.sdk.internal.media.path.RouteListener;
import io.earshot.sdk.internal.route.NatLine;
import io.earshot.sdk.internal.route.PeerPlace;
import io.earshot.sip.sdp.NegotiatedAudio;
import io.earshot.sip.sdp.SessionDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The ways of one call's sound through NATs on the signalling side: tells of them, and has others looked for when the one in use broke or
 * our address is another one. Hears on the media loop; the rest is confined to the signalling loop.
 */
final class CallWays implements RouteListener {
    /** How long a search is given before the next may begin. */
    private static final long PATIENCE = 5 * Ticker.SECOND;
    /**
     * How long a silent peer that does not answer our OPTIONS either is given to begin anew itself. It may have gone to another address,
     * and an offer of ours, which goes to the old one, would stand in the way of its own.
     */
    private static final long GRACE = 5 * Ticker.SECOND;
    /** How long ways that the peer knows of are given. */
    private static final long OTHERS = 600 * Ticker.MILLISECOND;
    private final EngineContext context;
    private final CallSession session;
    private final Trickler trickler;
    private final Nat nat;
    private PeerPlace place = PeerPlace.UNKNOWN;
    private CallPath shown = CallPath.NONE;
    private boolean waiting;
    private long next = Long.MIN_VALUE;
    /** Counts the doubts, so that what was begun for one that is over comes to nothing. */
    private int doubts;
    private boolean suspected;
    private boolean dead;
    /** Whether the peer can be told of other ways, as far as we know since the doubt began. */
    private boolean reachable;

    CallWays(EngineContext context, CallSession session, Nat nat) {
        this.context = context;
        this.session = session;
        this.nat = nat;
        this.trickler = new Trickler(context, session, nat);
    }

    /** Returns what tells and takes candidates besides offers and answers. */
    Trickler trickler() {
        return trickler;
    }

    /** Returns the kind of NAT in front of that address of ours, where peers are to know it and we do. */
    Optional<NatKind> natKind(InetAddress local) {
        return Optional.of(nat).filter(wanted -> wanted.near().kindTold()).flatMap(wanted -> context.nats().report(wanted, local))
                .map(NatReport::kind);
    }

    /** Takes where the peer is, as its INVITE or its answer shows it; what networks the far end of a tunnel or proxy is in nobody knows. */
    void met(PeerPlace where) {
        boolean elsewhere = context.settings().tunnel().isPresent() || context.settings().network().proxy().kind() != ProxyConfig.Kind.NONE;
        place = elsewhere ? PeerPlace.UNKNOWN : where;
    }

    /** Tells whether the peer is behind our own router, as far as can be told: such a one is told our own address. */
    boolean isNear(InetAddress local) {
        place = place.with(context.nats().report(nat, local).flatMap(NatReport::seenAt).map(InetSocketAddress::getAddress));
        return context.near().isNear(place);
    }

    /** Returns what was agreed on with where the peer can be reached. */
    NegotiatedAudio reached(NegotiatedAudio audio) {
        return context.near().reached(audio, place);
    }

    /** Takes what the peer told of the NAT in front of it. */
    void heard(Optional<SessionDescription> theirs) {
        session.handle().showNat(theirs.flatMap(NatLine::read));
    }

    @Override
    public void changed(CallPath path) {
        context.loop().execute(() -> {
            if (!session.isOver() && !isSame(path, shown)) {
                shown = path;
                session.journal().add(header -> new CallEvent.PathChanged(header, path));
            }
        });
    }

    private static boolean isSame(CallPath one, CallPath other) {
        return one.local() == other.local() && one.remote() == other.remote() && one.peer().equals(other.peer());
    }

    @Override
    public void doubtful(RouteOutput.Doubt doubt) {
        context.loop().execute(() -> {
            switch (doubt) {
                case SUSPECT -> suspect();
                case DEAD -> dead();
                case MOVED -> {
                    context.router().check();
                    again();
                }
                case OVER -> over();
            }
        });
    }

    private void suspect() {
        if (suspected || session.isOver()) {
            return;
        }
        suspected = true;
        doubts++;
        context.router().check();
        int mine = doubts;
        session.id().ifPresent(id -> context.signalling().lifeSigns().ask(id, () -> lives(mine), context.now()));
    }

    private void lives(int doubt) {
        if (doubt == doubts) {
            reachable = true;
            if (dead) {
                dead = false;
                again();
            }
        }
    }

    private void dead() {
        suspect();
        if (reachable) {
            again();
            return;
        }
        dead = true;
        int mine = doubts;
        context.loop().schedule(GRACE, () -> {
            if (dead && mine == doubts) {
                dead = false;
                again();
            }
        });
    }

    private void over() {
        doubts++;
        suspected = false;
        dead = false;
        reachable = false;
    }

    /** Servers that were slow: the call was not held up for them, and where nothing else has worked meanwhile, the peer is told more. */
    @Override
    public void late() {
        context.loop().execute(() -> {
            trickler.news();
            if (!waiting) {
                waiting = true;
                context.loop().schedule(OTHERS, this::tell);
            }
        });
    }

    @Override
    public void complete() {
        context.loop().execute(trickler::news);
    }

    private void tell() {
        boolean needed = !session.isOver() && shown == CallPath.NONE;
        if (needed && session.handle().state() != Call.State.ESTABLISHED) {
            context.loop().schedule(OTHERS, this::tell);
            return;
        }
        waiting = false;
        if (needed && !trickler.isTaken()) {
            session.handle().media().refresh().whenComplete((told, defect) -> context.loop().execute(session::move));
        }
    }

    @Override
    public void lost(String reason) {
        context.loop().execute(() -> {
            if (!session.isOver()) {
                session.warn(new Failure.Unreachable(Failures.sentence("The sound has no way to the peer: " + reason)));
            }
            if (shown != CallPath.NONE) {
                again();
            }
        });
    }

    private void again() {
        if (!session.isOver() && context.now() >= next) {
            session.local().ifPresent(local -> search(local, session::move));
        }
    }

    /** Our router passes on another port to us than the peer was told of: it is told, however soon after other news. */
    void remapped() {
        if (session.isOver()) {
            return;
        }
        long soonest = next == Long.MIN_VALUE ? next : next - PATIENCE + OTHERS;
        if (context.now() < soonest || session.handle().state() != Call.State.ESTABLISHED) {
            context.loop().schedule(OTHERS, this::remapped);
        } else {
            next = Long.MIN_VALUE; // what was found since then is of no use to the peer
            again();
        }
    }

    @Override
    public void trouble(String sentence) {
        context.loop().execute(() -> session.warn(new Failure.Unreachable(Failures.sentence(sentence))));
    }

    /** Has ways looked for anew from this address, where ways are looked for at all, and then goes on. */
    void search(InetAddress local, Runnable then) {
        if (session.handle().media().route().isEmpty()) {
            then.run();
            return;
        }
        next = context.now() + PATIENCE;
        EngineCall call = session.handle();
        context.routes().addresses(call.account().config().nat())
                .thenCompose(all -> call.media().restart(local, all)).whenComplete((told, defect) -> context.loop().execute(() -> {
            if (!session.isOver()) {
                then.run();
            }
        }));
    }

    /** Returns our address as the peer of a call is to know it now; empty while there is none. */
    static Optional<InetAddress> usable(InetAddress local, Optional<InetAddress> remote) {
        boolean offline = local.isLoopbackAddress() && remote.filter(InetAddress::isLoopbackAddress).isEmpty();
        return offline ? Optional.empty() : Optional.of(local);
    }
}
