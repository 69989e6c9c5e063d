package io.earshot.sdk.internal.call;

import io.earshot.api.time.Ticker;

/**
 * Decides whether to go directly or through the tunnel. Goes through the tunnel when the server does not answer directly and the tunnel is
 * up; back when a probe was answered. Never during calls, whose sockets stay where they are. Times are in ns; for one thread.
 */
final class PathChooser {
    /** How long after a change to the tunnel the direct way is tried again first; each vain attempt doubles it. */
    static final long FIRST_PROBE = 60 * Ticker.SECOND;
    static final long LAST_PROBE = 3_600 * Ticker.SECOND;
    /** How many probes in a row have to be answered. */
    static final int ANSWERS = 2;
    private static final long NEXT_ANSWER = 5 * Ticker.SECOND;

    /** What to do. */
    enum Action {
        /** Nothing. */
        NOTHING,
        /** Everything goes directly from now on, and whoever is registered has to be so anew. */
        USE_DIRECT,
        /** Everything goes through the tunnel from now on. */
        USE_TUNNEL,
        /** The direct way is to be tried. */
        PROBE
    }

    private boolean throughTunnel;
    private boolean tunnelUp;
    private boolean unanswered;
    private boolean probing;
    private int answers;
    private long answerBy = Ticker.NEVER;
    private long probeAt = Ticker.NEVER;
    private long pause = FIRST_PROBE;

    /** Makes one. @param throughTunnel whether that worked the last time */
    PathChooser(boolean throughTunnel, long now) {
        this.throughTunnel = throughTunnel;
        if (throughTunnel) {
            probeAt = now + FIRST_PROBE;
        }
    }

    boolean isThroughTunnel() {
        return throughTunnel;
    }

    /** The tunnel came up or went down. */
    void tunnel(boolean up) {
        tunnelUp = up;
    }

    /** Somebody asks the server something. @param patience how long it may take to answer */
    void asked(long patience, long now) {
        if (!throughTunnel) {
            answerBy = Math.min(answerBy, now + patience);
        }
    }

    /** The server has answered. */
    void answered() {
        answerBy = Ticker.NEVER;
        unanswered = false;
    }

    /** The server has not answered, for certain. */
    void failed() {
        answerBy = Ticker.NEVER;
        unanswered = !throughTunnel;
    }

    /** A probe came through. */
    void probeAnswered(long now) {
        if (throughTunnel && probing) {
            probing = false;
            answers++;
            probeAt = now + NEXT_ANSWER;
        }
    }

    /** Returns what to do now. @param idle whether there are no calls */
    Action onTime(long now, boolean idle) {
        if (now >= answerBy) {
            failed();
        }
        if (!throughTunnel) {
            return unanswered && tunnelUp && idle ? change(true, now) : Action.NOTHING;
        }
        if (answers >= ANSWERS) {
            return idle ? change(false, now) : Action.NOTHING;
        }
        return now >= probeAt ? probe(now) : Action.NOTHING;
    }

    private Action probe(long now) {
        if (probing) {
            answers = 0;
            pause = Math.min(LAST_PROBE, 2 * pause);
        }
        probing = true;
        probeAt = now + (answers > 0 ? NEXT_ANSWER : pause);
        return Action.PROBE;
    }

    private Action change(boolean tunnel, long now) {
        throughTunnel = tunnel;
        unanswered = false;
        probing = false;
        answers = 0;
        pause = FIRST_PROBE;
        probeAt = tunnel ? now + pause : Ticker.NEVER;
        return tunnel ? Action.USE_TUNNEL : Action.USE_DIRECT;
    }

    /** Returns when {@link #onTime} is wanted next. */
    long deadline() {
        return throughTunnel ? probeAt : answerBy;
    }
}
