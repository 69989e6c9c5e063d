package io.earshot.benchmarks.media;

import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.MediaEngine;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Watches the media engine on its loop: by how much turns are late, their CPU time and what they allocate. Its figures are taken from
 * outside, and a turn may be missed by them.
 */
final class Punctuality implements EventLoop.Agent {
    private static final long FRAME = 20 * Ticker.MILLISECOND;
    private static final int MOST = 1 << 16;

    private final MediaEngine engine;
    private final Ticker ticker;
    private final com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] ended = new long[MOST];
    private int turns;
    private int overruns;
    private long thread;
    private long cpu;
    private long bytes;

    Punctuality(MediaEngine engine, Ticker ticker) {
        this.engine = engine;
        this.ticker = ticker;
    }

    /** What was seen since the last question. */
    record Seen(int turns, int overruns, double p999Millis, long cpuNanos, long bytes) { }

    @Override
    public long onTurn(long now) {
        if (thread == 0) {
            thread = Thread.currentThread().getId();
        }
        long before = engine.turns();
        long next = engine.onTurn(now);
        if (engine.turns() != before) {
            long late = ticker.now() - engine.lastDue(); // when the turn was done, after when it was to begin
            ended[turns % MOST] = late;
            turns++;
            overruns += late > FRAME ? 1 : 0;
        }
        return next;
    }

    /** Returns what was seen since the last time. */
    Seen take() {
        long[] sorted = Arrays.copyOf(ended, Math.min(turns, MOST));
        Arrays.sort(sorted);
        double p999 = sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.999)] / 1e6;
        long spent = threads.getThreadCpuTime(thread);
        long allocated = threads.getThreadAllocatedBytes(thread);
        Seen seen = new Seen(turns, overruns, p999, spent - cpu, allocated - bytes);
        turns = 0;
        overruns = 0;
        cpu = spent;
        bytes = threads.getThreadAllocatedBytes(thread);
        return seen;
    }

    @Override
    public void onClose() {
        engine.onClose();
    }
}
