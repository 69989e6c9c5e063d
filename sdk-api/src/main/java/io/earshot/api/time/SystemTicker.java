package io.earshot.api.time;

/** The machine's monotonic clock, moved so that it starts at 0: the raw value may be negative and wraps. */
final class SystemTicker implements Ticker {
    private final long start = System.nanoTime();

    @Override
    public long now() {
        return System.nanoTime() - start;
    }
}
