package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The pairs of one stream: RFC 8445 §6.1.2. Bounded, whatever the peer tells. */
final class CheckList {
    static final int MAX_PAIRS = 100;
    static final int MAX_REMOTES = 64;

    private final IceContext context;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Candidate> remotes = new ArrayList<>();
    private final Deque<Pair> triggered = new ArrayDeque<>();

    CheckList(IceContext context) {
        this.context = context;
    }

    /** Takes a candidate of the peer; false when it is known, or there are too many. */
    boolean remote(Candidate candidate) {
        Optional<Candidate> known = known(candidate.component(), candidate.address());
        if (known.isPresent() && known.get().type() == CandidateType.PEER_REFLEXIVE) {
            told(known.get(), candidate); // what a check found is now told by the peer
        } else if (known.isPresent() || remotes.size() >= MAX_REMOTES) {
            return false;
        }
        remotes.add(candidate);
        return true;
    }

    private void told(Candidate found, Candidate candidate) {
        remotes.remove(found);
        pairs.stream().filter(pair -> pair.remote.equals(found)).forEach(pair -> pair.remote = candidate);
        sort();
    }

    Optional<Candidate> known(int component, InetSocketAddress address) {
        return remotes.stream().filter(each -> each.component() == component && each.address().equals(address)).findFirst();
    }

    List<Candidate> remotes() {
        return remotes;
    }

    /** Makes the pairs that are missing. */
    void form(List<LocalCandidate> locals) {
        for (LocalCandidate local : locals) {
            for (Candidate remote : remotes) {
                if (local.candidate().component() == remote.component() && compatible(local, remote)
                        && find(local.route(), remote.address()).isEmpty()) {
                    pairs.add(new Pair(local, remote));
                }
            }
        }
        sort();
        for (int i = pairs.size() - 1; i >= 0 && pairs.size() > MAX_PAIRS; i--) {
            if (pairs.get(i).state == Pair.State.FROZEN || pairs.get(i).state == Pair.State.WAITING) {
                triggered.remove(pairs.get(i));
                pairs.remove(i);
            }
        }
        unfreeze();
    }

    private static boolean compatible(LocalCandidate local, Candidate remote) {
        InetSocketAddress mine = local.candidate().address();
        if (remote.address().getAddress().isLoopbackAddress() != mine.getAddress().isLoopbackAddress()) {
            return false;
        }
        boolean linkLocal = mine.getAddress().isLinkLocalAddress() == remote.address().getAddress().isLinkLocalAddress();
        return Stun.isSix(mine) == Stun.isSix(remote.address()) && (linkLocal || !Stun.isSix(mine));
    }

    private void sort() {
        pairs.sort(Comparator.comparingLong((Pair pair) -> pair.priority(context.controlling)).reversed()
            .thenComparingInt(Pair::component));
    }

    /** The role changed, and the priorities with it. */
    void roleChanged() {
        sort();
    }

    /** One pair of each foundation is tried first (RFC 8445 §6.1.2.6). */
    private void unfreeze() {
        for (Pair pair : pairs) {
            if (pair.state == Pair.State.FROZEN && pairs.stream().noneMatch(other -> other != pair
                    && other.foundation().equals(pair.foundation())
                    && (other.state == Pair.State.WAITING || other.state == Pair.State.IN_PROGRESS))) {
                pair.state = Pair.State.WAITING;
            }
        }
    }

    /** Adds a pair that a check of the peer made. */
    Optional<Pair> add(LocalCandidate local, Candidate remote) {
        if (pairs.size() >= MAX_PAIRS) {
            return Optional.empty();
        }
        Pair pair = new Pair(local, remote);
        pairs.add(pair);
        sort();
        return Optional.of(pair);
    }

    Optional<Pair> find(Route route, InetSocketAddress remote) {
        return pairs.stream().filter(pair -> pair.connects(route, remote)).findFirst();
    }

    Optional<Pair> byTransaction(TransactionId id) {
        return pairs.stream().filter(pair -> pair.check.isPresent() && pair.check.get().id().equals(id)).findFirst();
    }

    /** Puts a pair in front of the ordinary ones. */
    void trigger(Pair pair) {
        if (pair.state == Pair.State.IN_PROGRESS && pair.check.isPresent()) {
            pair.check.get().quiet();
        }
        pair.state = Pair.State.WAITING;
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    /** Takes the pair to be checked next. */
    Optional<Pair> next() {
        Pair first = triggered.poll();
        if (first != null) {
            return Optional.of(first);
        }
        Optional<Pair> waiting = pairs.stream().filter(pair -> pair.state == Pair.State.WAITING).findFirst();
        if (waiting.isEmpty()) {
            unfreeze();
        }
        return waiting.isPresent() ? waiting : pairs.stream().filter(pair -> pair.state == Pair.State.WAITING).findFirst();
    }

    boolean hasNext() {
        return !triggered.isEmpty() || pairs.stream().anyMatch(pair -> pair.state == Pair.State.WAITING
            || pair.state == Pair.State.FROZEN);
    }

    /** Everything of a component failed, and there is patience left: loss may have done it, so all are tried once more. */
    void revive(int component) {
        List<Pair> all = of(component);
        if (all.stream().allMatch(pair -> pair.state == Pair.State.FAILED)) {
            all.forEach(pair -> pair.state = Pair.State.WAITING);
        }
    }

    /** Forgets a component that there is no more. */
    void giveUp(int component) {
        remotes.removeIf(each -> each.component() == component);
        triggered.removeIf(pair -> pair.component() == component);
        pairs.removeIf(pair -> pair.component() == component);
    }

    /** Tells whether the peer is known to be anywhere for a component. */
    boolean knows(int component) {
        return remotes.stream().anyMatch(each -> each.component() == component);
    }

    /** A path is in doubt: what was left out or failed is tried as well. */
    void reconsider(int component, List<LocalCandidate> locals, Optional<Pair> used) {
        for (Pair pair : pairs) {
            if (pair.component() == component && pair.state == Pair.State.FAILED && used.filter(pair::equals).isEmpty()) {
                pair.state = Pair.State.FROZEN;
            }
        }
        form(locals);
    }

    /** A pair works: those like it are worth trying now. */
    void succeeded(Pair pair) {
        for (Pair other : pairs) {
            if (other.state == Pair.State.FROZEN && other.foundation().equals(pair.foundation())) {
                other.state = Pair.State.WAITING;
            }
        }
    }

    /** A component has its path: what was not begun is left, what runs is not repeated (RFC 8445 §8.1.2). */
    void concluded(int component) {
        triggered.removeIf(pair -> pair.component() == component && !pair.nominating);
        pairs.removeIf(pair -> pair.component() == component && (pair.state == Pair.State.FROZEN || pair.state == Pair.State.WAITING)
            && !triggered.contains(pair));
        pairs.stream().filter(pair -> pair.component() == component && pair.state == Pair.State.IN_PROGRESS)
            .forEach(pair -> pair.check.ifPresent(io.earshot.ice.stun.StunTransaction::quiet));
    }

    void dropRelay(int relay) {
        triggered.removeIf(pair -> pair.local.route().relay() == relay);
        pairs.removeIf(pair -> pair.local.route().relay() == relay);
    }

    List<Pair> of(int component) {
        return pairs.stream().filter(pair -> pair.component() == component).toList();
    }

    List<Pair> all() {
        return pairs;
    }

    long deadline() {
        long next = Ticker.NEVER;
        for (Pair pair : pairs) {
            if (pair.check.isPresent()) {
                next = Math.min(next, pair.check.get().deadline());
            }
        }
        return next;
    }
}
