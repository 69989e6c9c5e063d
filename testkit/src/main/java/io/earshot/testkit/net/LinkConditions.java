package io.earshot.testkit.net;

import java.time.Duration;

/**
 * How one direction of a link treats packets. Immutable; start from {@link #PERFECT} or {@link #LAN} and change what matters:
 * {@code LinkConditions.LAN.withLoss(0.1).withDelay(Duration.ofMillis(40))}.
 *
 * @param loss share of packets lost, 0 to 1
 * @param burst mean length of a run of lost packets; up to 1 each packet is lost independently, above it the losses come in bursts of
 *     that mean length (Gilbert's two-state model) at the same overall share
 * @param delay nanoseconds that every packet takes
 * @param jitter nanoseconds added, evenly distributed from 0 to this; packets keep their order all the same
 * @param reorder share of packets that are held back by {@code reorderBy} and may be overtaken, 0 to 1
 * @param reorderBy nanoseconds
 * @param duplicate share of packets that arrive twice, 0 to 1
 * @param bitsPerSecond rate of the link; packets queue for at most one second and are dropped beyond; 0 is no limit
 * @param mtu largest packet in bytes that passes, 0 for no limit. What a UDP datagram needs of it is its payload only
 */
public record LinkConditions(double loss, double burst, long delay, long jitter, double reorder, long reorderBy, double duplicate,
        long bitsPerSecond, int mtu) {
    /** Nothing is lost and nothing takes time. */
    public static final LinkConditions PERFECT = new LinkConditions(0, 1, 0, 0, 0, 0, 0, 0, 0);

    /** Nothing is lost and everything takes 1 ms. */
    public static final LinkConditions LAN = PERFECT.withDelay(Duration.ofMillis(1));

    /** Checks the ranges. */
    public LinkConditions {
        share(loss, "loss");
        share(reorder, "reorder");
        share(duplicate, "duplicate");
        if (burst < 1 || delay < 0 || jitter < 0 || reorderBy < 0 || bitsPerSecond < 0 || mtu < 0) {
            throw new IllegalArgumentException("burst is at least 1, and times, rate and MTU cannot be negative");
        }
    }

    private static void share(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is a share from 0 to 1, not " + value);
        }
    }

    /** Returns these conditions with independent losses. */
    public LinkConditions withLoss(double share) {
        return withBurstLoss(share, 1);
    }

    /** Returns these conditions with losses in bursts. */
    public LinkConditions withBurstLoss(double share, double meanBurst) {
        return new LinkConditions(share, meanBurst, delay, jitter, reorder, reorderBy, duplicate, bitsPerSecond, mtu);
    }

    /** Returns these conditions with this one-way delay. */
    public LinkConditions withDelay(Duration oneWay) {
        return new LinkConditions(loss, burst, oneWay.toNanos(), jitter, reorder, reorderBy, duplicate, bitsPerSecond, mtu);
    }

    /** Returns these conditions with jitter from 0 to this. */
    public LinkConditions withJitter(Duration most) {
        return new LinkConditions(loss, burst, delay, most.toNanos(), reorder, reorderBy, duplicate, bitsPerSecond, mtu);
    }

    /** Returns these conditions with a share of packets held back so long. */
    public LinkConditions withReorder(double share, Duration heldBack) {
        return new LinkConditions(loss, burst, delay, jitter, share, heldBack.toNanos(), duplicate, bitsPerSecond, mtu);
    }

    /** Returns these conditions with a share of packets arriving twice. */
    public LinkConditions withDuplicates(double share) {
        return new LinkConditions(loss, burst, delay, jitter, reorder, reorderBy, share, bitsPerSecond, mtu);
    }

    /** Returns these conditions with this rate; 0 is no limit. */
    public LinkConditions withRate(long bitsEachSecond) {
        return new LinkConditions(loss, burst, delay, jitter, reorder, reorderBy, duplicate, bitsEachSecond, mtu);
    }

    /** Returns these conditions with this largest packet; 0 is no limit. */
    public LinkConditions withMtu(int bytes) {
        return new LinkConditions(loss, burst, delay, jitter, reorder, reorderBy, duplicate, bitsPerSecond, bytes);
    }
}
