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
 *
 * <p>With {@link #feedback} it is the schedule of RFC 4585 §3.5: reports may come as often as their bandwidth allows, one packet of
 * feedback may go out early between two of them and costs the next one's turn, and reports without feedback keep a distance of their
 * own. Between two parties nothing is put off so that others may ask first; in larger groups it is (dithering).
 */
public final class RtcpScheduler {
    /** The minimum interval of RFC 3550 §6.2. */
    public static final long MINIMUM = 5 * Ticker.SECOND;
    private static final double SENDER_SHARE = 0.25;
    /** Makes up for reconsideration, which on average comes out late: e - 3/2. */
    private static final double COMPENSATION = Math.E - 1.5;
    private static final int TRANSPORT_OVERHEAD = 28;
    private static final double SIZE_GAIN = 1.0 / 16;
    private static final int POINT_TO_POINT = 2;
    private static final double DITHER_SHARE = 0.5;

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
    /** The interval computed last: T_rr. */
    private long interval;
    private boolean feedback;
    private long reportInterval;
    private long lastReport = Ticker.NEVER;
    private boolean allowEarly = true;
    private long earlyAt = Ticker.NEVER;

    /** What a moment asks for. */
    public enum Due {
        /** Nothing. */
        NOTHING,
        /** A full report, with feedback if there is any. */
        REPORT,
        /** Feedback alone, with as little as the peer takes. */
        FEEDBACK
    }

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

    /**
     * Feedback was negotiated, or no longer is. The deadline comes nearer if it may.
     *
     * @param reports nanoseconds that full reports without feedback keep apart on average (T_rr_interval); 0 for as their bandwidth allows
     */
    public void feedback(boolean on, long reports, long now) {
        reportInterval = reports;
        if (feedback != on) {
            feedback = on;
            earlyAt = Ticker.NEVER;
            allowEarly = true;
            deadline = on ? Math.min(deadline, now + randomised()) : Math.max(deadline, previous + randomised());
        }
    }

    /** Returns the interval before randomisation, in nanoseconds (RFC 3550 §6.3.1); what time-outs of members build on. */
    public long deterministicInterval() {
        return interval(initial ? minimum / 2 : minimum);
    }

    private long interval(long least) {
        double share = bytesPerSecond;
        int sharers = members;
        if (senders <= members * SENDER_SHARE) {
            share *= weSent ? SENDER_SHARE : 1 - SENDER_SHARE;
            sharers = weSent ? senders : members - senders;
        }
        return Math.max(least, (long) (averageSize * Math.max(sharers, 1) / share * Ticker.SECOND));
    }

    private long randomised() {
        // RFC 4585 §3.5.1 and §3.5.3: between two parties there is no minimum.
        long wanted = feedback ? interval(members > POINT_TO_POINT && initial ? Ticker.SECOND : 0) : deterministicInterval();
        interval = (long) (wanted * (0.5 + random()) / COMPENSATION);
        return interval;
    }

    /** Returns a number from 0 up to 1. */
    private double random() {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * There is something to tell the peer early (RFC 4585 §3.5.2); once is enough until {@link #due} has asked for it.
     *
     * @return when it goes out: now or soon, or with the next report
     */
    public long early(long now) {
        if (earlyAt != Ticker.NEVER) {
            return earlyAt;
        }
        long dither = members > POINT_TO_POINT ? (long) (DITHER_SHARE * interval) : 0;
        if (!allowEarly || now + dither > deadline) {
            return deadline;
        }
        earlyAt = now + (long) (random() * dither);
        return earlyAt;
    }

    /**
     * Tells what to send now; ask when {@link #deadline} has come.
     *
     * @param waiting whether there is feedback to send
     */
    public Due due(long now, boolean waiting) {
        if (now >= earlyAt) {
            earlyAt = Ticker.NEVER;
            if (!waiting) {
                return Due.NOTHING;
            }
            allowEarly = false;
            long skipped = deadline;
            deadline = Math.max(now, previous + 2 * interval);
            previous = skipped;
            return Due.FEEDBACK;
        }
        if (!expired(now)) {
            return Due.NOTHING;
        }
        allowEarly = true;
        earlyAt = Ticker.NEVER;
        boolean apart = !feedback || reportInterval == 0 || lastReport == Ticker.NEVER
            || lastReport + (long) ((0.5 + random()) * reportInterval) <= now;
        if (apart) {
            lastReport = now;
            return Due.REPORT;
        }
        return waiting ? Due.FEEDBACK : Due.NOTHING;
    }

    /** Returns when {@link #due} wants to be asked. */
    public long deadline() {
        return Math.min(deadline, earlyAt);
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
