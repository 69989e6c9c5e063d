package io.earshot.api.time;

/**
 * Monotonic time in nanoseconds, starting at 0 when the ticker is made, so that {@code <} orders instants and {@link #NEVER} is
 * later than all of them.
 *
 * <p>Protocol code takes {@code long now} as an argument and holds no ticker; loops read one once per turn. Implementations are
 * safe for use by several threads.
 */
@FunctionalInterface
public interface Ticker {
    /** The deadline of something that is not going to happen. */
    long NEVER = Long.MAX_VALUE;

    /** Nanoseconds in one millisecond. */
    long MILLISECOND = 1_000_000L;

    /** Nanoseconds in one second. */
    long SECOND = 1_000_000_000L;

    /** Returns the nanoseconds since this ticker was made; never negative, never less than an earlier answer. */
    long now();

    /** Returns a ticker over the machine's monotonic clock that reads 0 now. */
    static Ticker system() {
        return new SystemTicker();
    }
}
