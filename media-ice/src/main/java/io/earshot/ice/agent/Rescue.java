package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunTimers;
import io.earshot.ice.stun.StunTransaction;
import io.earshot.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done when the media of a peer stops and it is being asked why. All other pairs are asked too, those that were never tried among
 * them; where one answers and the pair in use does not, media takes it at once, as the peer takes what comes by any pair that works (RFC
 * 8445 §12.2), and an ICE restart makes it good later (§12.1 knows one pair per restart). Who hears the peer by another pair than the
 * one in use, which is silent, follows it there.
 */
final class Rescue {
    /** The last wait is for the answer to the last: 525 ms in all. */
    private static final StunTimers PROBE = new StunTimers(Duration.ofMillis(75), 4, 4);
    /** A peer that is there answers sooner, three times asked. */
    private static final long SUSPECT = 300 * Ticker.MILLISECOND;
    private static final long FAR = Ticker.SECOND;
    /** From then on nothing but a restart helps. A second of loss is over by then. */
    private static final long DEAD = 600 * Ticker.MILLISECOND;
    /** How long the side that did not make the first offer leaves it to the other one, as two offers get in each other's way. */
    private static final long TURN = 800 * Ticker.MILLISECOND;
    /** How long a peer is given to follow to another pair. */
    private static final long FOLLOWING = 400 * Ticker.MILLISECOND;
    /** When the pair that was left is asked again: it may have been but a burst of loss. */
    private static final long BACK = 2 * Ticker.SECOND;
    private static final long GIVEN_UP = 10 * Ticker.SECOND;
    private static final long SPACING = 20 * Ticker.MILLISECOND;
    /** A turn that is later than this says that this machine had no time, and not that the peer is silent. */
    private static final long STALLED = 250 * Ticker.MILLISECOND;
    private static final long STEP = 100 * Ticker.MILLISECOND;
    private static final int MOST = 8;

    private enum Stage { NONE, ASKING, SUSPECT, DEAD, MOVED }

    private record Probe(Pair pair, StunTransaction transaction) { }

    private final IceContext context;
    private final Gathering gathering;
    private final Selections selections;
    private final List<Probe> probes = new ArrayList<>();
    private Checks checks;
    private Stage stage = Stage.NONE;
    private int component;
    /** When the pair in use was asked, or left. */
    private long since;
    private long lastTurn;
    /** Whether the owner was told of a doubt, and not that it is over. */
    private boolean told;
    private boolean toldDead;
    private Optional<Pair> left = Optional.empty();
    private boolean askedBack;
    /** Where the peer is heard instead. */
    private Optional<Pair> heard = Optional.empty();

    Rescue(IceContext context, Gathering gathering, Selections selections) {
        this.context = context;
        this.gathering = gathering;
        this.selections = selections;
    }

    /** These are the pairs from now on; what was under way is over. */
    void serve(Checks now) {
        checks = now;
        stage = Stage.NONE;
        probes.clear();
        heard = Optional.empty();
        left = Optional.empty();
        calm();
    }

    boolean active() {
        return stage != Stage.NONE;
    }

    /** The pair in use of that component is being asked from now on. */
    void begin(int ofComponent, long now) {
        if (!checks.concluded(ofComponent)) {
            return;
        }
        component = ofComponent;
        stage = Stage.ASKING;
        since = now;
        lastTurn = now;
        probes.clear();
        Optional<Pair> used = selections.pair(component);
        checks.list.reconsider(component, gathering.senders(), used);
        int sent = 0;
        for (Pair pair : checks.valid(component)) {
            if (used.filter(pair::equals).isEmpty() && sent < MOST) {
                ask(pair, false, now + sent * SPACING);
                sent++;
            }
        }
    }

    private void ask(Pair pair, boolean nominate, long at) {
        TransactionId id = TransactionId.next(context.ids);
        byte[] request = Checks.request(context, pair, id, nominate, context.remote.orElseThrow(), context.local);
        probes.add(new Probe(pair, new StunTransaction(id, request, PROBE, at)));
    }

    /** The peer is heard by this pair, and not by the one in use. */
    void hears(Pair pair, long now) {
        boolean asked = probes.stream().anyMatch(probe -> probe.pair == pair);
        if (!asked && probes.size() < 2 * MOST && context.remote.isPresent() && checks.concluded(pair.component())) {
            heard = Optional.of(pair);
            ask(pair, false, now);
            context.stirred = true;
        }
    }

    /** Takes a response; false when it answers nothing of this. */
    boolean response(Route route, InetSocketAddress source, StunMessage message, long now) {
        Optional<Probe> found = probes.stream().filter(probe -> probe.transaction.id().equals(message.id())).findFirst();
        if (found.isEmpty() || context.remote.isEmpty()) {
            return false;
        }
        Pair pair = found.get().pair;
        if (message.integritySha1(StunKey.shortTerm(context.remote.get().password())) != StunMessage.Integrity.VALID) {
            context.counters.wrongIntegrity++;
            return true;
        }
        probes.remove(found.get());
        if (!pair.connects(route, source)) {
            context.counters.asymmetric++;
        } else if (message.kind() == StunMessage.Kind.SUCCESS) {
            pair.answered(found.get().transaction, now);
            if (heard.filter(pair::equals).isPresent() && selections.silent(pair.component(), now) && stage != Stage.MOVED) {
                selections.select(pair, now);
                end(); // whether this is for good is for the peer to say
            }
        }
        return true;
    }

    void advance(long now) {
        if (stage == Stage.ASKING || stage == Stage.SUSPECT) {
            since += now - lastTurn > STALLED ? now - lastTurn - STEP : 0;
        }
        lastTurn = now;
        for (Probe probe : List.copyOf(probes)) {
            switch (probe.transaction.step(now)) {
                case SEND -> context.send(probe.pair.local.route(), probe.pair.remote.address(), probe.transaction.request(), now);
                case EXPIRED -> probes.remove(probe);
                case WAIT -> { }
            }
        }
        if (stage == Stage.MOVED) {
            judgeMove(now);
        } else if (stage != Stage.NONE) {
            judge(now);
        }
    }

    private void judge(long now) {
        if (selections.recovered(component) || now >= since + GIVEN_UP) {
            end();
            return;
        }
        if (now < since + patience()) {
            return;
        }
        Optional<Pair> other = checks.valid(component).stream()
            .filter(pair -> pair.answeredAt >= since && selections.pair(component).filter(pair::equals).isEmpty()).findFirst();
        if (other.isPresent()) {
            move(other.get(), now);
        } else if (stage == Stage.ASKING) {
            stage = Stage.SUSPECT;
            tell(IceOutput.Doubt.SUSPECT);
            context.spare = true;
            gathering.reserve(now);
        } else if (stage == Stage.SUSPECT && now >= since + patience() - SUSPECT + DEAD + turn()) {
            stage = Stage.DEAD;
            tell(IceOutput.Doubt.DEAD);
        }
    }

    /** Three hundred milliseconds, or where the way there and back takes long, twice that. */
    private long patience() {
        long back = selections.pair(component).map(pair -> pair.roundTrip).filter(trip -> trip != Ticker.NEVER).orElse(0L);
        return Math.max(SUSPECT, Math.min(2 * back, FAR));
    }

    private long turn() {
        return context.controlling ? 0 : TURN;
    }

    private void move(Pair to, long now) {
        Optional<Pair> from = selections.pair(component);
        boolean again = left.filter(to::equals).isPresent();
        selections.select(to, now);
        stage = Stage.MOVED;
        since = now;
        askedBack = again; // whoever comes and goes is not followed for ever
        toldDead = false;
        left = from;
        heard = Optional.empty();
        probes.clear();
        if (context.controlling) {
            ask(to, true, now);
        }
        tell(IceOutput.Doubt.SUSPECT);
    }

    private void judgeMove(long now) {
        Pair former = left.orElseThrow();
        if (askedBack && former.answeredAt >= since + BACK && checks.list.all().contains(former)) {
            selections.select(former, now);
            end();
        } else if (!toldDead && now >= since + FOLLOWING + turn() && !selections.hears(component)) {
            toldDead = true;
            tell(IceOutput.Doubt.DEAD);
        } else if (!askedBack && now >= since + BACK) {
            askedBack = true;
            ask(former, false, now);
        } else if (now >= since + BACK + DEAD + turn()) {
            if (!toldDead) {
                tell(IceOutput.Doubt.DEAD);
            }
            told = false; // that it is over is for the restart to tell
            end();
        }
    }

    private void tell(IceOutput.Doubt doubt) {
        told = true;
        context.tell(new IceOutput.Doubtful(component, doubt));
    }

    private void calm() {
        if (told) {
            told = false;
            context.tell(new IceOutput.Doubtful(component, IceOutput.Doubt.OVER));
        }
    }

    private void end() {
        stage = Stage.NONE;
        heard = Optional.empty();
        probes.clear();
        checks.list.concluded(component);
        calm();
    }

    long deadline() {
        long next = switch (stage) {
            case NONE -> Ticker.NEVER;
            case MOVED -> lastTurn + 2 * STEP;
            default -> lastTurn + STEP;
        };
        for (Probe probe : probes) {
            next = Math.min(next, probe.transaction.deadline());
        }
        return next;
    }
}
