package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;
import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * INVITE server transaction: RFC 3261 §17.2.1, amended by RFC 6026 §7.1. A transport error is told and changes nothing: the state must
 * stay to absorb repetitions of the INVITE.
 */
final class InviteServerTransaction implements Machine {
    /** Kept for a 100, until the user has spoken. */
    private Optional<Request> invite;
    private final boolean reliable;
    private final Timers timers;
    private final Queue<Step> steps = new ArrayDeque<>(2);
    private State state;

    InviteServerTransaction(Request invite, boolean reliable, Timers timers, long now) {
        this.invite = Optional.of(invite);
        this.reliable = reliable;
        this.timers = requireNonNull(timers);
        state = new Silent(now + timers.trying());
        onTime(now);
    }

    /** The same INVITE came again. */
    void onRetransmission() {
        state.onRetransmission(this);
    }

    /** Returns false if the user must see this ACK: one for a 2xx. */
    boolean onAck(long now) {
        boolean absorbed = !(state instanceof Accepted);
        state = state.onAck(this, now);
        return absorbed;
    }

    /** The user answers. A response that is illegal by now, such as a second final one, is dropped. */
    void respond(Response response, long now) {
        state = state.respond(this, response, now);
    }

    /** Tells whether the user has yet to give a final response, so that a CANCEL has an effect. */
    boolean isPending() {
        return state instanceof Silent || state instanceof Proceeding;
    }

    @Override
    public void onTransportError(String reason) {
        if (!(state instanceof Confirmed) && !(state instanceof Terminated)) {
            steps.add(new Step.Fail(Failure.TRANSPORT, reason));
        }
    }

    @Override
    public void onTime(long now) {
        if (now >= state.deadline()) {
            state = state.onDeadline(this, now);
        }
    }

    @Override
    public Step poll() {
        Step next = steps.poll();
        return next != null ? next : new Step.Wait(state.deadline());
    }

    @Override
    public boolean isTerminated() {
        return state instanceof Terminated;
    }

    @Override
    public boolean isLingering() {
        return state instanceof Accepted || state instanceof Confirmed || state instanceof Hushed;
    }

    /** Tells whether a rejection waits for its ACK, and is repeated meanwhile. */
    boolean isUnacknowledged() {
        return state instanceof Completed;
    }

    /** Repeats the rejection by itself no more, only in reply to the INVITE: there are too many to care for each. */
    void hush() {
        if (state instanceof Completed completed) {
            state = new Hushed(Frozen.of(completed.rejection), completed.timerH);
        }
    }

    private State answer(Response response, long now) {
        steps.add(new Step.Transmit(response));
        if (response.status() > 100) {
            invite = Optional.empty();
        }
        if (response.isProvisional()) {
            return new Proceeding(response, now + timers.silence());
        }
        if (response.isSuccess()) {
            return new Accepted(now + timers.l());
        }
        return new Completed(response, reliable ? NEVER : now + timers.t1(), timers.t1(), now + timers.h());
    }

    /** A state holds the timers that are legal in it, and no others; these defaults suit most states. */
    private sealed interface State {
        default long deadline() {
            return NEVER;
        }

        default State onDeadline(InviteServerTransaction tx, long now) {
            return new Terminated();
        }

        default void onRetransmission(InviteServerTransaction tx) { }

        default State onAck(InviteServerTransaction tx, long now) {
            return this;
        }

        default State respond(InviteServerTransaction tx, Response response, long now) {
            return this;
        }
    }

    /** Proceeding before the user's first word: timer deadline sends 100 in its place. */
    private record Silent(long deadline) implements State {
        @Override
        public State onDeadline(InviteServerTransaction tx, long now) {
            return tx.answer(Derived.trying(tx.invite.orElseThrow()), now);
        }

        @Override
        public State respond(InviteServerTransaction tx, Response response, long now) {
            return tx.answer(response, now);
        }
    }

    private record Proceeding(Response last, long deadline) implements State {
        @Override
        public State onDeadline(InviteServerTransaction tx, long now) {
            tx.steps.add(new Step.Fail(Failure.TIMEOUT, "the INVITE was never answered"));
            return new Terminated();
        }

        @Override
        public void onRetransmission(InviteServerTransaction tx) {
            tx.steps.add(new Step.Transmit(last));
        }

        @Override
        public State respond(InviteServerTransaction tx, Response response, long now) {
            return tx.answer(response, now);
        }
    }

    private record Completed(Response rejection, long timerG, long interval, long timerH) implements State {
        @Override
        public long deadline() {
            return Math.min(timerG, timerH);
        }

        @Override
        public State onDeadline(InviteServerTransaction tx, long now) {
            if (now >= timerH) {
                tx.steps.add(new Step.Fail(Failure.TIMEOUT, "no ACK for " + rejection.status()));
                return new Terminated();
            }
            tx.steps.add(new Step.Transmit(rejection));
            long next = Math.min(2 * interval, tx.timers.t2());
            return new Completed(rejection, now + next, next, timerH); // from now: no burst after a stall
        }

        @Override
        public void onRetransmission(InviteServerTransaction tx) {
            tx.steps.add(new Step.Transmit(rejection));
        }

        @Override
        public State onAck(InviteServerTransaction tx, long now) {
            return tx.reliable ? new Terminated() : new Confirmed(now + tx.timers.i());
        }
    }

    /** Completed without timer G, and without more memory than it takes. */
    private record Hushed(Frozen rejection, long deadline) implements State {
        @Override
        public State onDeadline(InviteServerTransaction tx, long now) {
            tx.steps.add(new Step.Fail(Failure.TIMEOUT, "no ACK for a rejection, in a flood"));
            return new Terminated();
        }

        @Override
        public void onRetransmission(InviteServerTransaction tx) {
            tx.steps.add(new Step.Transmit(rejection.thaw()));
        }

        @Override
        public State onAck(InviteServerTransaction tx, long now) {
            return tx.reliable ? new Terminated() : new Confirmed(now + tx.timers.i());
        }
    }

    /** Absorbs repeated INVITEs silently, until timer L: the user repeats the 2xx until it sees the ACK (§13.3.1.4). */
    private record Accepted(long deadline) implements State {
        @Override
        public State respond(InviteServerTransaction tx, Response response, long now) {
            if (response.isSuccess()) {
                tx.steps.add(new Step.Transmit(response));
            }
            return this;
        }
    }

    /** Absorbs repeated ACKs, until timer I. */
    private record Confirmed(long deadline) implements State { }

    private record Terminated() implements State { }
}
