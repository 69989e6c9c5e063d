package io.earshot.rtp.audio;

import io.earshot.api.time.Ticker;

/**
 * Notices that we stood still, as for a garbage collection or on a machine that is overloaded: a player that asks for sound each tick
 * did not. What comes after that may have waited for us all the while, which says nothing of the network.
 */
final class OwnStalls {
    private static final long PUNCTUAL = 15 * Ticker.MILLISECOND;

    private final long latest;
    private boolean reading;
    private long lastRead;
    private long stall;

    OwnStalls(int tickMillis) {
        latest = tickMillis * Ticker.MILLISECOND + PUNCTUAL;
    }

    void reset() {
        reading = false;
        stall = 0;
    }

    /** Sound is asked for. */
    void read(long now) {
        stall = reading && now - lastRead > latest ? now - lastRead : 0;
        reading = true;
        lastRead = now;
    }

    /** Returns for how long we may not have looked before a packet that comes now, in nanoseconds. */
    long before(long now) {
        long since = reading ? now - lastRead : 0;
        return Math.max(stall, since > latest ? since : 0);
    }
}
