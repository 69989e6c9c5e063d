package io.earshot.testkit.audio;

import io.earshot.api.time.Ticker;

/** Counts the samples that a device has taken or given since it was opened. */
final class SampleClock {
    private final Ticker ticker;
    private final long start;
    private final long perSecond;

    SampleClock(Ticker ticker, long perSecond) {
        this.ticker = ticker;
        this.start = ticker.now();
        this.perSecond = perSecond;
    }

    /** In whole seconds and the rest, so that nothing overflows within centuries. */
    long samples() {
        long passed = ticker.now() - start;
        return passed / Ticker.SECOND * perSecond + passed % Ticker.SECOND * perSecond / Ticker.SECOND;
    }

    long in(long nanos) {
        return nanos * perSecond / Ticker.SECOND;
    }
}
