package io.earshot.sdk.internal.media;

import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * What lives on the media loop: the bridge with its 20 ms duty cycle, and the media of calls. A loop without ports and calls sleeps.
 * After a stall the missed turns are left out rather than made up for: late audio is worth nothing, and a burst of it does harm.
 */
public final class MediaEngine implements EventLoop.Agent {
    /** The length of a turn. */
    public static final int FRAME_MILLIS = 20;
    private static final long FRAME = FRAME_MILLIS * Ticker.MILLISECOND;
    /** A loop that is later than this starts its cycle anew. */
    private static final long STALL = 3 * FRAME;

    private final Bridge bridge = new Bridge(FRAME_MILLIS);
    private final List<Timed> timed = new ArrayList<>();
    private long nextTick = Ticker.NEVER;
    private long timedDeadline;
    private long skipped;
    private long turns;
    private long lastDue;
    private long turn;

    /** Something on the media loop with a deadline of its own, as RTCP has. */
    interface Timed {
        /** Does what is due and returns when it next wants to. */
        long onTime(long now);
    }

    Bridge bridge() {
        return bridge;
    }

    void add(Timed party) {
        timed.add(party);
        timedDeadline = 0;
    }

    void remove(Timed party) {
        timed.remove(party);
    }

    /** Returns the time of the turn under way. */
    long now() {
        return turn;
    }

    /** Returns the turns that took place. */
    public long turns() {
        return turns;
    }

    /** Returns when the last turn was to begin. */
    public long lastDue() {
        return lastDue;
    }

    /** Returns the frames left out after stalls. */
    public long skippedFrames() {
        return skipped;
    }

    @Override
    public long onTurn(long now) {
        turn = now;
        if (bridge.isEmpty()) {
            nextTick = Ticker.NEVER;
        } else if (nextTick == Ticker.NEVER) {
            nextTick = now + FRAME;
        }
        boolean tick = now >= nextTick;
        if (tick) {
            if (now - nextTick > STALL) {
                long late = (now - nextTick) / FRAME;
                skipped += late;
                nextTick += late * FRAME;
            }
            lastDue = nextTick;
            bridge.tick();
            turns++;
            nextTick += FRAME;
        }
        if (tick || now >= timedDeadline || nextTick == Ticker.NEVER) {
            lookAtTheClock(now);
        }
        return Math.min(nextTick, timedDeadline);
    }

    /** Not in each turn: with many calls most turns are for a packet of one of them. What a packet makes due waits for the next tick. */
    private void lookAtTheClock(long now) {
        timedDeadline = Ticker.NEVER;
        for (int i = 0; i < timed.size(); i++) {
            // None of them takes itself out from in there.
            timedDeadline = Math.min(timedDeadline, timed.get(i).onTime(now));
        }
    }

    @Override
    public void onClose() {
        for (BridgePort port : bridge.ports()) {
            bridge.remove(port);
        }
    }
}
