package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;
import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Server transaction of any request but INVITE and ACK: RFC 3261 §17.2.2, amended by RFC 4320 §4: no provisional response but 100, that
 * not early over an unreliable transport and always once the client repeats at T2; no 408; and nothing after the client gave up.
 */
final class NonInviteServerTransaction implements Machine {
    private final SipMethod method;
    /** Kept for a late 100, until there is an answer. */
    private Optional<Request> request;
    private final boolean reliable;
    private final Timers timers;
    private final Queue<Step> steps = new ArrayDeque<>(2);
    private final long tryingAllowed;
    private State state;

    NonInviteServerTransaction(Request request, boolean reliable, Timers timers, long now) {
        this.method = request.method();
        this.request = Optional.of(request);
        this.reliable = reliable;
        this.timers = requireNonNull(timers);
        tryingAllowed = now + timers.lateTrying();
        state = new Trying(tryingAllowed, now + timers.f());
    }

    /** The same request came again. */
    void onRetransmission() {
        state.onRetransmission(this);
    }

    /** The user answers. What RFC 4320 forbids or what is late is not sent; a 408 ends the transaction silently. */
    void respond(Response response, long now) {
        if (!response.isProvisional()) {
            state = state.respond(this, response, now);
        } else if (response.status() == 100 && (reliable || now >= tryingAllowed)) {
            state = state.respond(this, response, now);
        }
    }

    @Override
    public void onTransportError(String reason) {
        if (!isTerminated()) {
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
        return state instanceof Completed;
    }

    private State answer(Response response, long clientGivesUp, long now) {
        if (now >= clientGivesUp) {
            return giveUp();
        }
        if (response.status() == 408) {
            return new Terminated();
        }
        steps.add(new Step.Transmit(response));
        request = Optional.empty();
        if (response.isProvisional()) {
            return new Proceeding(response, clientGivesUp);
        }
        return reliable ? new Terminated() : new Completed(Frozen.of(response), now + timers.j());
    }

    private State giveUp() {
        steps.add(new Step.Fail(Failure.TIMEOUT, method.name() + " was not answered before its client gave up"));
        return new Terminated();
    }

    /** A state holds the timers that are legal in it, and no others; these defaults suit most states. */
    private sealed interface State {
        default long deadline() {
            return NEVER;
        }

        default State onDeadline(NonInviteServerTransaction tx, long now) {
            return new Terminated();
        }

        default void onRetransmission(NonInviteServerTransaction tx) { }

        default State respond(NonInviteServerTransaction tx, Response response, long now) {
            return this;
        }
    }

    private record Trying(long sendTrying, long clientGivesUp) implements State {
        @Override
        public long deadline() {
            return Math.min(sendTrying, clientGivesUp);
        }

        @Override
        public State onDeadline(NonInviteServerTransaction tx, long now) {
            return now >= clientGivesUp ? tx.giveUp() : tx.answer(Derived.trying(tx.request.orElseThrow()), clientGivesUp, now);
        }

        @Override
        public State respond(NonInviteServerTransaction tx, Response response, long now) {
            return tx.answer(response, clientGivesUp, now);
        }
    }

    private record Proceeding(Response last, long clientGivesUp) implements State {
        @Override
        public long deadline() {
            return clientGivesUp;
        }

        @Override
        public State onDeadline(NonInviteServerTransaction tx, long now) {
            return tx.giveUp();
        }

        @Override
        public void onRetransmission(NonInviteServerTransaction tx) {
            tx.steps.add(new Step.Transmit(last));
        }

        @Override
        public State respond(NonInviteServerTransaction tx, Response response, long now) {
            return tx.answer(response, clientGivesUp, now);
        }
    }

    /** Answers repeated requests, until timer J. */
    private record Completed(Frozen last, long deadline) implements State {
        @Override
        public void onRetransmission(NonInviteServerTransaction tx) {
            tx.steps.add(new Step.Transmit(last.thaw()));
        }
    }

    private record Terminated() implements State { }
}
