package io.earshot.rtp.jitter;

import io.earshot.api.time.Ticker;

/**
 * How a jitter buffer trades delay against loss.
 *
 * @param minDelay least target delay in nanoseconds
 * @param maxDelay greatest target delay in nanoseconds
 * @param initialDelay target before anything was measured, in nanoseconds
 * @param slots packets held at most, a power of two
 * @param maxPackets packets between the one to be played and the newest at most, up to {@code slots}: older ones are given up
 * @param speedUp whether too long a delay is mended by playing faster; otherwise whole packets are left out
 * @param dropFirst whether what has piled up before playing begins is left out but for the target delay; otherwise it is played
 * @param slotBytes payload bytes that each slot has room for from the start; a slot grows once for a larger payload
 * @param maxPayload longest payload accepted
 */
public record JitterConfig(long minDelay, long maxDelay, long initialDelay, int slots, int maxPackets,
        boolean speedUp, boolean dropFirst, int slotBytes, int maxPayload) {
    /** Adaptive between 20 ms and 1 s, from 40 ms on; 128 packets of audio. */
    public static final JitterConfig DEFAULT =
        new JitterConfig(20 * Ticker.MILLISECOND, Ticker.SECOND, 40 * Ticker.MILLISECOND, 128, 128, true, true, 256, 1500);

    public JitterConfig {
        if (minDelay < 0 || minDelay > initialDelay || initialDelay > maxDelay) {
            throw new IllegalArgumentException("delays must satisfy 0 <= min <= initial <= max");
        }
        if (slots < 4 || slots > 4096 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots must be a power of two from 4 to 4096, not " + slots);
        }
        if (maxPackets < 2 || maxPackets > slots) {
            throw new IllegalArgumentException("the most packets must be 2 to " + slots + ", not " + maxPackets);
        }
        if (slotBytes < 0 || maxPayload < slotBytes) {
            throw new IllegalArgumentException("slot size must not exceed the longest payload");
        }
    }

    /** Returns the same with other bounds of the target delay, in nanoseconds; the initial one is moved between them. */
    public JitterConfig withDelays(long min, long max) {
        return new JitterConfig(min, max, Math.max(min, Math.min(max, initialDelay)), slots, maxPackets, speedUp, dropFirst, slotBytes,
            maxPayload);
    }

    /** Returns the same that holds no more packets than this, 2 to {@link #slots}. */
    public JitterConfig withMaxPackets(int packets) {
        return new JitterConfig(minDelay, maxDelay, initialDelay, slots, packets, speedUp, dropFirst, slotBytes, maxPayload);
    }

    /** Returns the same that plays faster, or leaves out packets, when the delay is too long. */
    public JitterConfig withSpeedUp(boolean faster) {
        return new JitterConfig(minDelay, maxDelay, initialDelay, slots, maxPackets, faster, dropFirst, slotBytes, maxPayload);
    }

    /** Returns the same that leaves out, or plays, what has piled up before playing begins. */
    public JitterConfig withDropFirst(boolean drop) {
        return new JitterConfig(minDelay, maxDelay, initialDelay, slots, maxPackets, speedUp, drop, slotBytes, maxPayload);
    }
}
