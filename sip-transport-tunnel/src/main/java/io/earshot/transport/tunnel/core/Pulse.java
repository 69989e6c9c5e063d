package io.earshot.transport.tunnel.core;

import io.earshot.api.time.Ticker;
import java.util.Optional;

/**
 * Knows how long the carrier takes, by pings of one end: whether audio that goes in now would stand behind other data somewhere on the way,
 * and whether the carrier is dead. A ping goes out 5 times a second while there is traffic, seldom otherwise.
 */
final class Pulse {
    private static final long BUSY_INTERVAL = 200 * Ticker.MILLISECOND;
    private static final long IDLE_INTERVAL = 15 * Ticker.SECOND;
    private static final long IDLE_DEAD = 10 * Ticker.SECOND;
    /** A way that is used and silent for so long is given up for another. */
    private static final long BUSY_DEAD = 1_500 * Ticker.MILLISECOND;
    private static final long BUSY_FOR = Ticker.SECOND;

    private final long allowedWait;
    private long outstanding = Ticker.NEVER;
    private long lastPing;
    private long lastHeard;
    private long busyUntil;
    private long shortest = Ticker.NEVER;
    private long latest;

    /** Makes one. @param allowedWait how much longer than the shortest trip one may take before audio is held back, in ns */
    Pulse(long allowedWait, long now) {
        this.allowedWait = allowedWait;
        this.lastPing = now;
        this.lastHeard = now;
        this.busyUntil = now;
    }

    void heard(long now) {
        lastHeard = now;
    }

    /** Audio wants to go. */
    void busy(long now) {
        busyUntil = now + BUSY_FOR;
    }

    void pong(long mark, long now) {
        if (mark == outstanding) {
            outstanding = Ticker.NEVER;
            latest = now - mark;
            shortest = Math.min(shortest, latest);
        }
    }

    /** Returns the mark of a ping that is due. */
    Optional<Long> due(long now) {
        if (outstanding != Ticker.NEVER || now < nextPing(now)) {
            return Optional.empty();
        }
        outstanding = now;
        lastPing = now;
        return Optional.of(now);
    }

    private long nextPing(long now) {
        return lastPing + (now < busyUntil ? BUSY_INTERVAL : IDLE_INTERVAL);
    }

    /** Tells whether audio would be late. */
    boolean isStalled(long now) {
        return outstanding != Ticker.NEVER && shortest != Ticker.NEVER && now - outstanding > shortest + allowedWait;
    }

    /** Tells whether nothing came for so long that something must be wrong, a ping being unanswered. */
    boolean isDead(long now) {
        return outstanding != Ticker.NEVER && now >= deadAt();
    }

    private long deadAt() {
        long patience = outstanding < busyUntil ? BUSY_DEAD : IDLE_DEAD;
        return Math.max(outstanding, lastHeard) + patience;
    }

    /** Returns when to look again. */
    long deadline(long now) {
        return outstanding == Ticker.NEVER ? nextPing(now) : deadAt();
    }

    /** Returns how long the last ping took there and back in ns; 0 before the first. */
    long roundTrip() {
        return latest;
    }
}
