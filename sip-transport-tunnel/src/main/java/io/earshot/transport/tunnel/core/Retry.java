package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;

/** When to try again: at once, then quickly for half a minute, as in a call every moment counts, then less and less often. */
final class Retry {
    private static final long QUICK = 150 * Ticker.MILLISECOND;
    private static final long QUICK_FOR = 30 * Ticker.SECOND;
    private static final long SLOWEST = 15 * Ticker.SECOND;
    private static final long DENIED = 30 * Ticker.SECOND;

    private final IdSource ids;
    private long since = Ticker.NEVER;
    private long pause;

    Retry(IdSource ids) {
        this.ids = ids;
    }

    void succeeded() {
        since = Ticker.NEVER;
        pause = 0;
    }

    /** Returns when to try again after a failure. */
    long after(long now) {
        if (since == Ticker.NEVER) {
            since = now;
            return now;
        }
        pause = now - since < QUICK_FOR ? QUICK : Math.min(SLOWEST, 2 * pause);
        return now + jittered(pause);
    }

    long afterDenial(long now) {
        return now + jittered(DENIED);
    }

    /** Half of it at least, so that a thousand phones do not come at the same moment. */
    private long jittered(long time) {
        return time / 2 + Math.floorMod(ids.nextLong(), time / 2 + 1);
    }
}
