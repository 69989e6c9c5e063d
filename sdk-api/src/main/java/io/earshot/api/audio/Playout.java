package io.earshot.api.audio;

import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.List;

/**
 * How received sound waits for late packets. The delay follows what the network needs, within these bounds. Immutable; start from
 * {@link #NORMAL} or {@link #ofSize}.
 *
 * @param least the least delay behind the fastest packets, 0 to 1 s
 * @param most the greatest, up to 2 s and at least {@code least}
 * @param mostPackets how many packets are held at most, 2 to 128: older ones are given up
 * @param speedUp whether sound is played a little faster when the delay has become too long; otherwise packets are left out
 * @param dropFirst whether packets that have piled up before the sound begins are left out
 */
public record Playout(Duration least, Duration most, int mostPackets, boolean speedUp, boolean dropFirst) {
    /** From 20 ms to 1 s. */
    public static final Playout NORMAL = new Playout(Duration.ofMillis(20), Duration.ofSeconds(1), 70, true, true);

    private static final List<Duration> LEAST = List.of(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(20),
        Duration.ofMillis(40), Duration.ofMillis(80), Duration.ofMillis(160));
    private static final List<Duration> MOST = List.of(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(300),
        Duration.ofSeconds(1), Duration.ofMillis(1200), Duration.ofMillis(1600), Duration.ofSeconds(2));

    /** Checks the ranges. */
    public Playout {
        Check.range(least, Duration.ZERO, Duration.ofSeconds(1), "least");
        Check.range(most, least, Duration.ofSeconds(2), "most");
        Check.range(mostPackets, 2, 128, "mostPackets");
    }

    /**
     * Returns the bounds of a size.
     *
     * @param size 0 (next to no delay, for local networks), 1 and 2 (small), 3 ({@link #NORMAL}), 4 and 5 (big), 6 (for the worst)
     */
    public static Playout ofSize(int size) {
        Check.range(size, 0, LEAST.size() - 1, "the size of the jitter buffer");
        return NORMAL.withDelay(LEAST.get(size), MOST.get(size));
    }

    /** Returns the same with other bounds of the delay. */
    public Playout withDelay(Duration leastDelay, Duration mostDelay) {
        return new Playout(leastDelay, mostDelay, mostPackets, speedUp, dropFirst);
    }

    /** Returns the same that holds no more packets than this. */
    public Playout withMostPackets(int packets) {
        return new Playout(least, most, packets, speedUp, dropFirst);
    }

    /** Returns the same that plays faster, or leaves out packets, when the delay is too long. */
    public Playout withSpeedUp(boolean faster) {
        return new Playout(least, most, mostPackets, faster, dropFirst);
    }

    /** Returns the same that leaves out, or plays, what has piled up before the sound begins. */
    public Playout withDropFirst(boolean drop) {
        return new Playout(least, most, mostPackets, speedUp, drop);
    }
}
