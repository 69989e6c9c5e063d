package io.earshot.ice.stun;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;

/** A request that wants its response: when to send it again, and when to give up. RFC 8489 §6.2.1. */
public final class StunTransaction {
    /** What to do now. */
    public enum Step { SEND, WAIT, EXPIRED }

    private final TransactionId id;
    private final byte[] request;
    private final StunTimers timers;
    private int sent;
    private long deadline;
    private long firstSent = Ticker.NEVER;

    /** Makes one whose first step is to send, at {@code start} or later. */
    public StunTransaction(TransactionId id, byte[] request, StunTimers timers, long start) {
        this.id = requireNonNull(id);
        this.request = request.clone();
        this.timers = requireNonNull(timers);
        deadline = start;
    }

    /** Advances to this time; {@link Step#SEND} means that the caller sends {@link #request()} now. */
    public Step step(long now) {
        if (now < deadline) {
            return Step.WAIT;
        }
        if (sent >= timers.attempts()) {
            deadline = Ticker.NEVER;
            return Step.EXPIRED;
        }
        if (sent++ == 0) {
            firstSent = now;
        }
        deadline = now + timers.waitAfter(sent);
        return Step.SEND;
    }

    /** Sends no more, but still waits for an answer to what was sent (RFC 8445 §7.2.5.1, a cancelled check). */
    public void quiet() {
        sent = timers.attempts();
    }

    /** Returns when {@link #step} is due. */
    public long deadline() {
        return deadline;
    }

    /** Returns the identifier. */
    public TransactionId id() {
        return id;
    }

    /** Returns the message. */
    public byte[] request() {
        return request.clone();
    }

    /** Tells how often it was sent. */
    public int sent() {
        return sent;
    }

    /** Returns when it was sent first, {@link Ticker#NEVER} when it was not. */
    public long firstSent() {
        return firstSent;
    }
}
