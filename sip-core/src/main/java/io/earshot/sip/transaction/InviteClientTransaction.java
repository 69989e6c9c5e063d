package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;
import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.ArrayDeque;
import java.util.Queue;

/** INVITE client transaction: RFC 3261 §17.1.1, amended by RFC 6026 §7.2; cancelling by RFC 3261 §9.1. */
final class InviteClientTransaction implements Machine {
    private final Request invite;
    private final boolean reliable;
    private final Timers timers;
    private final Queue<Step> steps = new ArrayDeque<>(2);
    private State state;

    /** Starts with the INVITE as it goes on the wire, its own Via on top. */
    InviteClientTransaction(Request invite, boolean reliable, Timers timers, long now) {
        this.invite = requireNonNull(invite);
        this.reliable = reliable;
        this.timers = requireNonNull(timers);
        steps.add(new Step.Transmit(invite));
        state = new Calling(reliable ? NEVER : now + timers.t1(), timers.t1(), now + timers.b(), false);
    }

    /** Returns false if this response is no business of this transaction any more: a 2xx of another fork after a rejection. */
    boolean onResponse(Response response, long now) {
        if (state instanceof Terminated || state instanceof Completed && response.isSuccess()) {
            return false;
        }
        state = state.onResponse(this, response, now);
        return true;
    }

    /** Asks for a CANCEL, now or after the first provisional response. Returns false if it is too late, or was asked before. */
    boolean cancel(long now) {
        State next = state.onCancel(this, now);
        boolean accepted = next != state;
        state = next;
        return accepted;
    }

    @Override
    public void onTransportError(String reason) {
        state = state.onTransportError(this, reason);
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

    /** Tells whether no final response came yet. */
    boolean isPending() {
        return state instanceof Calling || state instanceof Proceeding;
    }

    private State fail(Failure cause, String reason) {
        steps.add(new Step.Fail(cause, reason));
        return new Terminated();
    }

    /** A state holds the timers that are legal in it, and no others; these defaults suit most states. */
    private sealed interface State {
        default long deadline() {
            return NEVER;
        }

        default State onDeadline(InviteClientTransaction tx, long now) {
            return new Terminated();
        }

        default State onResponse(InviteClientTransaction tx, Response response, long now) {
            return this;
        }

        default State onCancel(InviteClientTransaction tx, long now) {
            return this;
        }

        default State onTransportError(InviteClientTransaction tx, String reason) {
            return tx.fail(Failure.TRANSPORT, reason);
        }
    }

    private record Calling(long timerA, long interval, long timerB, boolean cancelWanted) implements State {
        @Override
        public long deadline() {
            return Math.min(timerA, timerB);
        }

        @Override
        public State onResponse(InviteClientTransaction tx, Response response, long now) {
            State next = new Proceeding(NEVER).onResponse(tx, response, now);
            return cancelWanted ? next.onCancel(tx, now) : next;
        }

        @Override
        public State onCancel(InviteClientTransaction tx, long now) {
            return cancelWanted ? this : new Calling(timerA, interval, timerB, true);
        }

        @Override
        public State onDeadline(InviteClientTransaction tx, long now) {
            if (now >= timerB) {
                return tx.fail(Failure.TIMEOUT, "no response to INVITE");
            }
            tx.steps.add(new Step.Transmit(tx.invite));
            return new Calling(now + 2 * interval, 2 * interval, timerB, cancelWanted); // from now: no burst after a stall
        }
    }

    /** Waits without a limit, unless cancelled: a peer that never ends a cancelled INVITE is given up (§9.1). */
    private record Proceeding(long giveUp) implements State {
        @Override
        public long deadline() {
            return giveUp;
        }

        @Override
        public State onDeadline(InviteClientTransaction tx, long now) {
            return tx.fail(Failure.TIMEOUT, "no final response to the cancelled INVITE");
        }

        /** Figure 5 has no such edge: an ICMP error may be about any datagram. The answer to come needs its connection, though. */
        @Override
        public State onTransportError(InviteClientTransaction tx, String reason) {
            return tx.reliable ? tx.fail(Failure.TRANSPORT, reason) : this;
        }

        @Override
        public State onCancel(InviteClientTransaction tx, long now) {
            if (giveUp != NEVER) {
                return this;
            }
            tx.steps.add(new Step.SendCancel());
            return new Proceeding(now + 64 * tx.timers.t1());
        }

        @Override
        public State onResponse(InviteClientTransaction tx, Response response, long now) {
            tx.steps.add(new Step.Deliver(response));
            if (response.isProvisional()) {
                return this;
            }
            if (response.isSuccess()) {
                return new Accepted(now + tx.timers.m());
            }
            Request ack = Derived.ack(tx.invite, response);
            tx.steps.add(new Step.Transmit(ack));
            return tx.reliable ? new Terminated() : new Completed(ack, now + tx.timers.d());
        }
    }

    /** Answers repeated rejections with the same ACK, until timer D. */
    private record Completed(Request ack, long deadline) implements State {
        @Override
        public State onResponse(InviteClientTransaction tx, Response response, long now) {
            if (response.isRejection()) {
                tx.steps.add(new Step.Transmit(ack));
            }
            return this;
        }
    }

    /** Passes every 2xx up, until timer M: forks and retransmissions are the dialog's to ACK. */
    private record Accepted(long deadline) implements State {
        @Override
        public State onResponse(InviteClientTransaction tx, Response response, long now) {
            if (response.isSuccess()) {
                tx.steps.add(new Step.Deliver(response));
            }
            return this;
        }

        @Override
        public State onTransportError(InviteClientTransaction tx, String reason) {
            return this;
        }
    }

    private record Terminated() implements State {
        @Override
        public State onTransportError(InviteClientTransaction tx, String reason) {
            return this;
        }
    }
}
