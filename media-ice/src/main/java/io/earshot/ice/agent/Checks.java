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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Connectivity checks and nomination: RFC 8445 §6.1.4, §7.2.5, §8.1. Answers to the peer's checks are {@link Responder}'s. */
final class Checks {
    /** How long a better pair than the first that works is waited for. */
    private static final long SETTLE = 200 * Ticker.MILLISECOND;
    /** The same when only a relay works yet: a direct path saves its owner money and the callers delay. */
    private static final long RELAY_SETTLE = 600 * Ticker.MILLISECOND;

    final CheckList list;
    private final IceContext context;
    private final Selections selections;
    private long since;
    private long slot;

    Checks(IceContext context, Selections selections, long now) {
        this.context = context;
        this.selections = selections;
        list = new CheckList(context);
        selections.rescue().serve(this);
        since = now;
        slot = now;
    }

    /** The peer's credentials are here: from now on checks are sent, and patience runs. */
    void start(long now) {
        since = now;
        slot = now;
    }

    void advance(long now) {
        for (Pair pair : new ArrayList<>(list.all())) {
            if (pair.check.isPresent()) {
                step(pair, now);
            }
        }
        if (context.remote.isEmpty() || context.config.lite()) {
            return;
        }
        for (int component = 1; component <= context.components; component++) {
            nominate(component, now);
            if (!concluded(component) && now < failsAt()) {
                list.revive(component);
            }
        }
        if (now >= slot && list.hasNext()) {
            list.next().ifPresent(pair -> begin(pair, now));
            slot = now + context.config.timing().pacing().toNanos();
        }
    }

    private void step(Pair pair, long now) {
        StunTransaction check = pair.check.orElseThrow();
        switch (check.step(now)) {
            case SEND -> context.send(pair.local.route(), pair.remote.address(), check.request(), now);
            case EXPIRED -> failed(pair);
            case WAIT -> { }
        }
    }

    private void failed(Pair pair) {
        boolean again = pair.nominating && pair.succeededAt != Ticker.NEVER;
        pair.check = Optional.empty();
        pair.nominating = false;
        pair.succeededAt = Ticker.NEVER;
        if (pair.state == Pair.State.IN_PROGRESS) {
            pair.state = again ? Pair.State.WAITING : Pair.State.FAILED; // it worked once: an ordinary check tells whether it still does
        }
    }

    private void begin(Pair pair, long now) {
        TransactionId id = TransactionId.next(context.ids);
        byte[] request = request(context, pair, id, pair.nominating, context.remote.orElseThrow(), context.local);
        pair.check = Optional.of(new StunTransaction(id, request, StunTimers.CHECK, now));
        pair.state = Pair.State.IN_PROGRESS;
        context.counters.checksSent++;
        step(pair, now);
    }

    static byte[] request(IceContext context, Pair pair, TransactionId id, boolean nominate, IceCredentials remote,
            IceCredentials local) {
        StunBuilder request = StunBuilder.request(Stun.BINDING, id).text(Stun.USERNAME, remote.ufrag() + ':' + local.ufrag())
            .number(Stun.PRIORITY, (int) pair.local.reflexivePriority())
            .number64(context.controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED, context.tieBreaker);
        if (nominate && context.controlling) {
            request.flag(Stun.USE_CANDIDATE);
        }
        return request.integrity(StunKey.shortTerm(remote.password())).fingerprint();
    }

    /** Takes a response; false when it belongs to no check. */
    boolean response(Route route, InetSocketAddress source, StunMessage message, long now) {
        Optional<Pair> found = list.byTransaction(message.id());
        if (found.isEmpty() || context.remote.isEmpty()) {
            return false;
        }
        Pair pair = found.get();
        if (message.integritySha1(StunKey.shortTerm(context.remote.get().password())) != StunMessage.Integrity.VALID) {
            context.counters.wrongIntegrity++;
            return true;
        }
        if (!pair.connects(route, source)) {
            context.counters.asymmetric++;
            failed(pair);
            return true;
        }
        if (message.kind() == StunMessage.Kind.SUCCESS && message.mapped().isPresent()) {
            pair.seen = message.mapped();
            succeeded(pair, now);
        } else if (message.error().map(StunMessage.Error::code).orElse(0) == Stun.ROLE_CONFLICT) {
            conflict(pair, message);
        } else {
            failed(pair);
        }
        return true;
    }

    private void conflict(Pair pair, StunMessage response) {
        context.counters.roleConflicts++;
        // Turn only if the refused request still says what we are: two refusals in flight must not turn us back.
        boolean said = pair.check.map(StunTransaction::request).map(request -> saysControlling(request)).orElse(false);
        if (said == context.controlling && !context.config.lite()) {
            context.controlling = !context.controlling;
            list.roleChanged();
        }
        pair.check = Optional.empty();
        pair.nominating = false;
        list.trigger(pair);
    }

    private static boolean saysControlling(byte[] request) {
        return StunMessage.parse(request) instanceof io.earshot.ice.stun.StunResult.Parsed parsed
            && parsed.message().has(Stun.ICE_CONTROLLING);
    }

    private void succeeded(Pair pair, long now) {
        boolean nominating = pair.nominating;
        pair.check.ifPresent(check -> pair.answered(check, now));
        pair.check = Optional.empty();
        pair.nominating = false;
        pair.state = Pair.State.SUCCEEDED;
        if (pair.succeededAt == Ticker.NEVER) {
            pair.succeededAt = now;
        }
        list.succeeded(pair);
        if (context.controlling ? nominating : pair.nominateOnSuccess) {
            nominated(pair, now);
        } else if (selections.follows(pair, now)) {
            select(pair, now);
        } else if (selections.needsBridge(pair.component(), list.all())) {
            selections.bridge(pair, now);
        }
    }

    /** A nomination holds on both sides. */
    void nominated(Pair pair, long now) {
        pair.nominated = true;
        Optional<Pair> current = selections.pair(pair.component());
        boolean better = !concluded(pair.component()) || selections.silent(pair.component(), now)
            || pair.priority(context.controlling) > current.orElseThrow().priority(context.controlling);
        if (better && current.filter(pair::equals).isEmpty()) {
            select(pair, now);
        } else if (better) {
            selections.confirm(pair.component());
            list.concluded(pair.component());
        }
    }

    private void select(Pair pair, long now) {
        selections.select(pair, now);
        list.concluded(pair.component());
    }

    /** The controlling agent's choice: the best pair that works, as soon as no better one may yet turn up. */
    private void nominate(int component, long now) {
        if (!context.controlling || concluded(component)) {
            return;
        }
        List<Pair> pairs = list.of(component);
        if (pairs.stream().anyMatch(pair -> pair.nominating)) {
            return;
        }
        Optional<Pair> best = pairs.stream().filter(pair -> pair.state == Pair.State.SUCCEEDED).findFirst();
        if (best.isPresent() && (now >= settles(component) || !best.get().relayed() && noneBetter(pairs, best.get()))) {
            best.get().nominating = true;
            list.trigger(best.get());
        }
    }

    private boolean noneBetter(List<Pair> pairs, Pair best) {
        return pairs.stream().takeWhile(pair -> pair != best).noneMatch(Pair::open);
    }

    private long settles(int component) {
        long first = Ticker.NEVER;
        boolean relayed = true;
        for (Pair pair : list.of(component)) {
            first = Math.min(first, pair.succeededAt);
            relayed &= pair.state != Pair.State.SUCCEEDED || pair.relayed();
        }
        return first == Ticker.NEVER ? Ticker.NEVER : first + (relayed ? RELAY_SETTLE : SETTLE);
    }

    boolean concluded(int component) {
        return selections.pair(component).filter(list.all()::contains).isPresent() && !selections.isBridge(component);
    }

    boolean concluded() {
        for (int component = 1; component <= context.components; component++) {
            if (!concluded(component)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether no path will turn up any more. */
    boolean hopeless(boolean gathering, long now) {
        if (concluded() || gathering || list.hasNext() || list.all().stream().anyMatch(pair -> pair.check.isPresent())) {
            return false;
        }
        boolean none = false;
        for (int component = 1; component <= context.components; component++) {
            none |= list.of(component).stream().noneMatch(pair -> pair.state == Pair.State.SUCCEEDED);
        }
        return none && now >= failsAt();
    }

    /** Tells the same of one component, while the other may go on. */
    boolean hopeless(int component, boolean gathering, long now) {
        return !concluded(component) && !gathering && now >= failsAt() && list.of(component).stream()
            .noneMatch(pair -> pair.open() || pair.state == Pair.State.SUCCEEDED || pair.check.isPresent());
    }

    private long failsAt() {
        return since + context.config.timing().patience().toNanos();
    }

    /** The pairs that work, best first. */
    List<Pair> valid(int component) {
        return list.of(component).stream().filter(pair -> pair.state == Pair.State.SUCCEEDED)
            .sorted(Comparator.comparingLong((Pair pair) -> pair.priority(context.controlling)).reversed()).toList();
    }

    long deadline(long now) {
        long next = list.deadline();
        if (context.remote.isEmpty() || context.config.lite()) {
            return next;
        }
        if (list.hasNext()) {
            next = Math.min(next, slot);
        }
        for (int component = 1; component <= context.components; component++) {
            if (context.controlling && !concluded(component) && list.of(component).stream().noneMatch(pair -> pair.nominating)) {
                next = Math.min(next, settles(component));
            }
        }
        return concluded() ? next : Math.min(next, Math.max(failsAt(), now + 500 * Ticker.MILLISECOND));
    }
}
