package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;
import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.ArrayDeque;
import java.util.Queue;

/** Client transaction of any request but INVITE and ACK: RFC 3261 §17.1.2. */
final class NonInviteClientTransaction implements Machine {
    private final Request request;
    private final boolean reliable;
    private final Timers timers;
    private final Queue<Step> steps = new ArrayDeque<>(2);
    private State state;

    /** Starts with the request as it goes on the wire, its own Via on top. */
    NonInviteClientTransaction(Request request, boolean reliable, Timers timers, long now) {
        this.request = requireNonNull(request);
        this.reliable = reliable;
        this.timers = requireNonNull(timers);
        steps.add(new Step.Transmit(request));
        state = new Trying(reliable ? NEVER : now + timers.t1(), timers.t1(), now + timers.f());
    }

    /** Returns false if this response is no business of this transaction any more. */
    boolean onResponse(Response response, long now) {
        if (isTerminated()) {
            return false;
        }
        state = state.onResponse(this, response, now);
        return true;
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

    private State fail(Failure cause, String reason) {
        steps.add(new Step.Fail(cause, reason));
        return new Terminated();
    }

    private State deliver(Response response, long now, State ifProvisional) {
        steps.add(new Step.Deliver(response));
        if (response.isProvisional()) {
            return ifProvisional;
        }
        return reliable ? new Terminated() : new Completed(now + timers.k());
    }

    /** A state holds the timers that are legal in it, and no others; these defaults suit the two that wait for an answer. */
    private sealed interface State {
        long deadline();

        State onDeadline(NonInviteClientTransaction tx, long now);

        State onResponse(NonInviteClientTransaction tx, Response response, long now);

        default State onTransportError(NonInviteClientTransaction tx, String reason) {
            return tx.fail(Failure.TRANSPORT, reason);
        }
    }

    private record Trying(long timerE, long interval, long timerF) implements State {
        @Override
        public long deadline() {
            return Math.min(timerE, timerF);
        }

        @Override
        public State onDeadline(NonInviteClientTransaction tx, long now) {
            if (now >= timerF) {
                return tx.fail(Failure.TIMEOUT, "no response to " + tx.request.method().name());
            }
            tx.steps.add(new Step.Transmit(tx.request));
            long next = Math.min(2 * interval, tx.timers.t2());
            return new Trying(now + next, next, timerF); // from now: no burst after a stall
        }

        @Override
        public State onResponse(NonInviteClientTransaction tx, Response response, long now) {
            return tx.deliver(response, now, new Proceeding(timerE, timerF));
        }
    }

    /** Goes on asking, but only every T2. */
    private record Proceeding(long timerE, long timerF) implements State {
        @Override
        public long deadline() {
            return Math.min(timerE, timerF);
        }

        @Override
        public State onDeadline(NonInviteClientTransaction tx, long now) {
            if (now >= timerF) {
                return tx.fail(Failure.TIMEOUT, "no final response to " + tx.request.method().name());
            }
            tx.steps.add(new Step.Transmit(tx.request));
            return new Proceeding(now + tx.timers.t2(), timerF);
        }

        @Override
        public State onResponse(NonInviteClientTransaction tx, Response response, long now) {
            return tx.deliver(response, now, this);
        }
    }

    /** Absorbs repeated responses until timer K. */
    private record Completed(long deadline) implements State {
        @Override
        public State onDeadline(NonInviteClientTransaction tx, long now) {
            return new Terminated();
        }

        @Override
        public State onResponse(NonInviteClientTransaction tx, Response response, long now) {
            return this;
        }

        @Override
        public State onTransportError(NonInviteClientTransaction tx, String reason) {
            return this;
        }
    }

    private record Terminated() implements State {
        @Override
        public long deadline() {
            return NEVER;
        }

        @Override
        public State onDeadline(NonInviteClientTransaction tx, long now) {
            return this;
        }

        @Override
        public State onResponse(NonInviteClientTransaction tx, Response response, long now) {
            return this;
        }

        @Override
        public State onTransportError(NonInviteClientTransaction tx, String reason) {
            return this;
        }
    }
}
