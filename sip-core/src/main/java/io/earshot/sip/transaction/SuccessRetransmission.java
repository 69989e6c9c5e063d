package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;

/**
 * When a user agent server repeats its 2xx to an INVITE (RFC 3261 §13.3.1.4): after T1, doubling up to T2, over reliable transports too,
 * until the ACK comes or 64*T1 have passed. The dialog layer owns one per accepted INVITE, sends the first 2xx itself and repeats it with
 * {@link TransactionLayer#respond}. Confined to one thread.
 */
public final class SuccessRetransmission {
    /** What is to be done. */
    public enum Due {
        /** Nothing yet. */
        NOTHING,
        /** Send the 2xx once more. */
        RETRANSMIT,
        /** The ACK never came: end the session with BYE. Told once. */
        GIVE_UP
    }

    private final long longest;
    private final long end;
    private long interval;
    private long next;

    /** Starts when the first 2xx is sent. */
    public SuccessRetransmission(Timers timers, long now) {
        longest = timers.t2();
        interval = timers.t1();
        next = now + interval;
        end = now + 64 * timers.t1();
    }

    /** The ACK came: nothing is due any more. */
    public void onAck() {
        next = NEVER;
    }

    /** Returns when to call {@link #onTime} again. */
    public long deadline() {
        return next == NEVER ? NEVER : Math.min(next, end);
    }

    /** Tells the time; afterwards {@link #deadline()} is later than {@code now}. */
    public Due onTime(long now) {
        if (now < deadline()) {
            return Due.NOTHING;
        }
        if (now >= end) {
            next = NEVER;
            return Due.GIVE_UP;
        }
        interval = Math.min(2 * interval, longest);
        next = now + interval;
        return Due.RETRANSMIT;
    }
}
