package io.earshot.benchmarks.playout.plain;

import io.earshot.api.time.Ticker;

/**
 * How a jitter buffer trades delay against loss.
 *
 * @param minDelay least target delay in nanoseconds
 * @param maxDelay greatest target delay in nanoseconds
 * @param initialDelay target before anything was measured, in nanoseconds
 * @param slots packets held at most, a power of two
 * @param slotBytes payload bytes that each slot has room for from the start; a slot grows once for a larger payload
 * @param maxPayload longest payload accepted
 */
public record JitterConfig(long minDelay, long maxDelay, long initialDelay, int slots, int slotBytes, int maxPayload) {
    /** Adaptive between 20 ms and 1 s, from 40 ms on; 128 packets of audio. */
    public static final JitterConfig DEFAULT =
        new JitterConfig(20 * Ticker.MILLISECOND, Ticker.SECOND, 40 * Ticker.MILLISECOND, 128, 256, 1500);

    public JitterConfig {
        if (minDelay < 0 || minDelay > initialDelay || initialDelay > maxDelay) {
            throw new IllegalArgumentException("delays must satisfy 0 <= min <= initial <= max");
        }
        if (slots < 4 || slots > 4096 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots must be a power of two from 4 to 4096, not " + slots);
        }
        if (slotBytes < 0 || maxPayload < slotBytes) {
            throw new IllegalArgumentException("slot size must not exceed the longest payload");
        }
    }

    /** Returns the same with other bounds of the target delay, in nanoseconds; the initial one is moved between them. */
    public JitterConfig withDelays(long min, long max) {
        return new JitterConfig(min, max, Math.max(min, Math.min(max, initialDelay)), slots, slotBytes, maxPayload);
    }
}
