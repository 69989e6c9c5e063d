package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;

/**
 * The timer values of RFC 3261 table 4 and RFC 6026 §8.4, in nanoseconds. Timers A, E and G start at {@link #t1()} and double.
 *
 * @param t1 estimate of the round trip, RFC default 500 ms
 * @param t2 longest interval between retransmissions of a non-INVITE request or an INVITE response, RFC default 4 s
 * @param t4 longest time a message stays in the network, RFC default 5 s
 * @param trying how long a server transaction waits for its user before it sends 100 to an INVITE (§17.2.1: 200 ms); 0 sends at once
 * @param silence how long an INVITE server transaction lives after the last word of its user without a final response. The RFC sets no
 *     limit; this one keeps a user who forgets a transaction from leaking it
 */
public record Timers(long t1, long t2, long t4, long trying, long silence) {
    /** The values of the RFC, 100 after 200 ms, and ten minutes of silence. */
    public static final Timers DEFAULT = new Timers(500 * MILLISECOND, 4 * SECOND, 5 * SECOND);

    private static final long LONGEST = 86_400 * SECOND;
    private static final long LEAST_D = 32 * SECOND;

    public Timers {
        check("t1", t1, 1);
        check("t2", t2, t1);
        check("t4", t4, 1);
        check("trying", trying, 0);
        check("silence", silence, 1);
    }

    /** Makes timers with the default {@code trying} and {@code silence}. */
    public Timers(long t1, long t2, long t4) {
        this(t1, t2, t4, 200 * MILLISECOND, 600 * SECOND);
    }

    private static void check(String name, long value, long least) {
        if (value < least || value > LONGEST) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + LONGEST + " ns, not " + value);
        }
    }

    /** Returns timer B: how long an INVITE may stay unanswered. */
    public long b() {
        return 64 * t1;
    }

    /** Returns timer D: how long repeated rejections of an INVITE are acknowledged over an unreliable transport; at least 32 s. */
    public long d() {
        return Math.max(LEAST_D, 64 * t1);
    }

    /** Returns timer F: how long a non-INVITE request may stay without a final response. */
    public long f() {
        return 64 * t1;
    }

    /** Returns timer H: how long a rejection of an INVITE waits for its ACK. */
    public long h() {
        return 64 * t1;
    }

    /** Returns timer I: how long repeated ACKs are absorbed over an unreliable transport. */
    public long i() {
        return t4;
    }

    /** Returns timer J: how long repeated non-INVITE requests are answered over an unreliable transport. */
    public long j() {
        return 64 * t1;
    }

    /** Returns timer K: how long repeated non-INVITE responses are absorbed over an unreliable transport. */
    public long k() {
        return t4;
    }

    /** Returns timer L: how long an accepted INVITE's repetitions are absorbed (RFC 6026 §7.1). */
    public long l() {
        return 64 * t1;
    }

    /** Returns timer M: how long 2xx responses, forked ones too, are passed up (RFC 6026 §7.2). */
    public long m() {
        return 64 * t1;
    }

    /**
     * Returns the time a client's timer E takes to be reset to T2: from then on a silent non-INVITE server transaction sends 100, and
     * before it may not over an unreliable transport (RFC 4320 §4.1).
     */
    public long lateTrying() {
        long sum = 0;
        for (long interval = t1; interval < t2; interval *= 2) {
            sum += interval;
        }
        return Math.min(sum, f() - 1);
    }
}
