package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.StunTransaction;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A candidate of ours and one of the peer. */
final class Pair {
    enum State { FROZEN, WAITING, IN_PROGRESS, SUCCEEDED, FAILED }

    final LocalCandidate local;
    /** What a check found is replaced when the peer tells of it. */
    Candidate remote;
    State state = State.FROZEN;
    boolean nominated;
    boolean nominateOnSuccess;
    boolean nominating;
    Optional<StunTransaction> check = Optional.empty();
    long succeededAt = Ticker.NEVER;
    /** When it answered last. */
    long answeredAt = Long.MIN_VALUE;
    /** The shortest time that an answer took. */
    long roundTrip = Ticker.NEVER;
    /** Where the peer sees us, by its last answer. */
    Optional<InetSocketAddress> seen = Optional.empty();

    Pair(LocalCandidate local, Candidate remote) {
        this.local = local;
        this.remote = remote;
    }

    int component() {
        return local.route().component();
    }

    String foundation() {
        return local.candidate().foundation() + ' ' + remote.foundation();
    }

    boolean connects(Route route, InetSocketAddress address) {
        return local.route().equals(route) && remote.address().equals(address);
    }

    /** RFC 8445 §6.1.2.3. */
    long priority(boolean controlling) {
        long g = controlling ? local.candidate().priority() : remote.priority();
        long d = controlling ? remote.priority() : local.candidate().priority();
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }

    boolean relayed() {
        return local.route().relayed() || remote.type() == CandidateType.RELAYED;
    }

    /** It has answered this. */
    void answered(StunTransaction to, long now) {
        answeredAt = now;
        if (to.sent() == 1) {
            roundTrip = Math.min(roundTrip, now - to.firstSent());
        }
    }

    boolean open() {
        return state != State.SUCCEEDED && state != State.FAILED;
    }

    IcePath path() {
        return new IcePath(local.route().base(), local.candidate().type(), remote.address(), remote.type());
    }

    @Override
    public String toString() {
        return path() + " " + state + (nominated ? " nominated" : "");
    }
}
