package io.earshot.rtp.rtcp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.util.SplittableRandom;

/**
 * When to send RTCP (RFC 3550 §6.2, §6.3, A.7): intervals scale with the group and the packet size, are randomised, and are
 * reconsidered when their time comes. Tell it of every RTCP packet sent and received and of every change of the group, and ask
 * {@link #expired} when {@link #deadline} has come. Confined to one thread.
 *
 * <p>A goodbye may be sent at once, as RFC 3550 §6.3.7 allows to groups below 50 members: this schedule is for calls, not for
 * broadcasts.
 */
public final class RtcpScheduler {
    /** The minimum interval of RFC 3550 §6.2. */
    public static final long MINIMUM = 5 * Ticker.SECOND;
    private static final double SENDER_SHARE = 0.25;
    /** Makes up for reconsideration, which on average comes out late: e - 3/2. */
    private static final double COMPENSATION = Math.E - 1.5;
    private static final int TRANSPORT_OVERHEAD = 28;
    private static final double SIZE_GAIN = 1.0 / 16;

    /** Of its own, begun once from what nobody can guess: a source of secure numbers locks, and allocates. */
    private final SplittableRandom random;
    private final double bytesPerSecond;
    private final long minimum;
    private double averageSize;
    private boolean initial = true;
    private int members = 1;
    private int membersBefore = 1;
    private int senders;
    private boolean weSent;
    private long previous;
    private long deadline;

    /**
     * Starts the schedule.
     *
     * @param sessionBitsPerSecond the media's bandwidth, of which RTCP gets 5 %
     * @param reducedMinimum whether the minimum shrinks with the bandwidth: 360 s divided by it in kbit/s (RFC 3550 §6.2)
     * @param firstSize the expected length of our first RTCP packet in bytes
     */
    public RtcpScheduler(IdSource ids, int sessionBitsPerSecond, boolean reducedMinimum, int firstSize, long now) {
        random = new SplittableRandom(requireNonNull(ids, "ids").nextLong());
        if (sessionBitsPerSecond <= 0) {
            throw new IllegalArgumentException("session bandwidth must be positive, not " + sessionBitsPerSecond);
        }
        bytesPerSecond = sessionBitsPerSecond * 0.05 / 8;
        minimum = reducedMinimum ? Math.min(MINIMUM, 360_000L * Ticker.SECOND / sessionBitsPerSecond) : MINIMUM;
        averageSize = firstSize + TRANSPORT_OVERHEAD;
        previous = now;
        deadline = now + randomised();
    }

    /** Returns the interval before randomisation, in nanoseconds (RFC 3550 §6.3.1); also what time-outs of members build on. */
    public long deterministicInterval() {
        double share = bytesPerSecond;
        int sharers = members;
        if (senders <= members * SENDER_SHARE) {
            share *= weSent ? SENDER_SHARE : 1 - SENDER_SHARE;
            sharers = weSent ? senders : members - senders;
        }
        long least = initial ? minimum / 2 : minimum;
        return Math.max(least, (long) (averageSize * Math.max(sharers, 1) / share * Ticker.SECOND));
    }

    private long randomised() {
        double factor = 0.5 + (random.nextLong() >>> 11) * 0x1.0p-53;
        return (long) (deterministicInterval() * factor / COMPENSATION);
    }

    /** Returns when {@link #expired} wants to be asked. */
    public long deadline() {
        return deadline;
    }

    /**
     * The deadline has come: tells whether to send now, after timer reconsideration (RFC 3550 §6.3.6). Either way there is a new
     * deadline, counted from now, so that a stalled loop sends no burst.
     */
    public boolean expired(long now) {
        if (now < deadline) {
            return false;
        }
        long reconsidered = previous + randomised();
        membersBefore = members;
        if (reconsidered > now) {
            deadline = reconsidered;
            return false;
        }
        initial = false;
        previous = now;
        deadline = now + randomised();
        return true;
    }

    /** Our own packet went out. */
    public void sent(int bytes) {
        averageSize += SIZE_GAIN * (bytes + TRANSPORT_OVERHEAD - averageSize);
    }

    /** A member's packet came in. */
    public void received(int bytes) {
        averageSize += SIZE_GAIN * (bytes + TRANSPORT_OVERHEAD - averageSize);
    }

    /**
     * The group has changed. When it shrank, the pending deadline comes nearer in proportion (RFC 3550 §6.3.4).
     *
     * @param memberCount participants, ourselves included; at least 1
     * @param senderCount those that sent RTP of late, ourselves included
     * @param sending whether we are one of them
     */
    public void group(int memberCount, int senderCount, boolean sending, long now) {
        members = Math.max(memberCount, 1);
        senders = senderCount;
        weSent = sending;
        if (members < membersBefore) {
            double scale = (double) members / membersBefore;
            deadline = now + (long) (scale * (deadline - now));
            previous = now - (long) (scale * (now - previous));
            membersBefore = members;
        }
    }
}
