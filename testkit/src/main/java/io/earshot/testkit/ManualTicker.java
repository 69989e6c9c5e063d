package io.earshot.testkit;

import io.earshot.api.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is told to move. Safe for use by several threads.
 *
 * <pre>{@code
 * ManualTicker ticker = new ManualTicker();
 * ticker.advance(Duration.ofSeconds(32));
 * assertEquals(32 * Ticker.SECOND, ticker.now());
 * }</pre>
 */
public final class ManualTicker implements Ticker {
    private final AtomicLong now = new AtomicLong();

    /** Makes a ticker that reads 0. */
    public ManualTicker() {
    }

    @Override
    public long now() {
        return now.get();
    }

    /**
     * Moves on by this much.
     *
     * @throws IllegalArgumentException if it is negative: time never goes back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time cannot go back by " + by.negated());
        }
        now.addAndGet(by.toNanos());
    }

    /**
     * Moves on to this instant.
     *
     * @param instant nanoseconds, not before {@link #now()}
     */
    public void advanceTo(long instant) {
        long before = now.get();
        if (instant < before) {
            throw new IllegalArgumentException("time cannot go back from " + before + " ns to " + instant + " ns");
        }
        now.set(instant);
    }
}
