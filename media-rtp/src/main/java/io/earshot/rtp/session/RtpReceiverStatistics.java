package io.earshot.rtp.session;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.packet.SequenceNumber;

/**
 * What a receiver knows of one source: sequence number validation (RFC 3550 A.1), loss (A.3) and interarrival jitter (A.8), and
 * which of the last 128 packets came, so that duplicates are told from reordering. Confined to one thread.
 */
public final class RtpReceiverStatistics {
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int HISTORY = 128;
    /** A longer step between packets is a timestamp jump and says nothing of the network. */
    private static final int LONGEST_STEP_SECONDS = 10;

    private final int minSequential;
    private int probation;
    private boolean started;
    private int lastSequence;
    private int badSequence;
    private long base;
    private long highest;
    private long history;
    private long historyOlder;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long duplicates;
    private long reordered;
    private boolean transitKnown;
    private int transit;
    private int jitterClockRate;
    private long jitter16;

    /**
     * Starts without packets.
     *
     * @param minSequential packets in sequence that a source must send before it is valid; 2 in RFC 3550 A.1, at most 1 makes every
     *     source valid at once
     */
    public RtpReceiverStatistics(int minSequential) {
        this.minSequential = Math.max(1, minSequential);
        probation = this.minSequential;
    }

    /** Takes the sequence number of a packet. */
    public Arrival update(int sequence) {
        if (!started) {
            started = true;
            restart(sequence);
            lastSequence = sequence - 1 & 0xFFFF;
        }
        if (probation > 0) {
            return inProbation(sequence);
        }
        int step = SequenceNumber.difference(sequence, (int) highest);
        if (step >= MAX_DROPOUT || step <= -MAX_MISORDER) {
            return jump(sequence);
        }
        badSequence = -1;
        received++;
        if (step > 0) {
            shiftHistory(step);
            highest += step;
            return Arrival.IN_ORDER;
        }
        if (seen(-step)) {
            duplicates++;
            return Arrival.DUPLICATE;
        }
        reordered++;
        return Arrival.REORDERED;
    }

    private Arrival inProbation(int sequence) {
        boolean follows = sequence == SequenceNumber.next(lastSequence);
        lastSequence = sequence;
        probation = follows ? probation - 1 : minSequential - 1;
        if (probation > 0) {
            return Arrival.PROBATION;
        }
        restart(sequence);
        received = 1;
        return Arrival.IN_ORDER;
    }

    private Arrival jump(int sequence) {
        if (sequence != badSequence) {
            badSequence = SequenceNumber.next(sequence);
            return Arrival.BAD_SEQUENCE;
        }
        restart(sequence);
        received = 1;
        return Arrival.RESTARTED;
    }

    private void restart(int sequence) {
        base = sequence;
        highest = sequence;
        badSequence = -1;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        history = 1;
        historyOlder = 0;
        transitKnown = false;
    }

    private void shiftHistory(int step) {
        if (step >= HISTORY) {
            historyOlder = 0;
            history = 0;
        } else if (step >= 64) {
            historyOlder = history << step - 64;
            history = 0;
        } else {
            historyOlder = historyOlder << step | history >>> 64 - step;
            history <<= step;
        }
        history |= 1;
    }

    /** Tells whether the packet so far behind the highest was seen, and notes it. */
    private boolean seen(int behind) {
        long bit = 1L << behind; // modulo 64
        if (behind < 64) {
            boolean set = (history & bit) != 0;
            history |= bit;
            return set;
        }
        boolean set = (historyOlder & bit) != 0;
        historyOlder |= bit;
        return set;
    }

    /**
     * Takes the timestamp of a valid packet into the jitter estimate. A change of clock rate starts the comparison anew.
     *
     * @param clockRate timestamp ticks per second
     * @param now when it arrived
     */
    public void updateJitter(int timestamp, int clockRate, long now) {
        int newTransit = (int) RtpTimestamp.toTicks(now, clockRate) - timestamp;
        boolean comparable = transitKnown && clockRate == jitterClockRate;
        int step = comparable ? Math.abs(newTransit - transit) : 0;
        transitKnown = true;
        transit = newTransit;
        jitterClockRate = clockRate;
        if (step >= 0 && step < LONGEST_STEP_SECONDS * clockRate && comparable) {
            jitter16 += step - (jitter16 + 8 >> 4);
        }
    }

    /** Returns the packets received since the source became valid or restarted, late ones and duplicates included. */
    public long received() {
        return received;
    }

    /** Returns the packets that were to come, by the sequence numbers. */
    public long expected() {
        return isValid() ? highest - base + 1 : 0;
    }

    /** Returns expected minus received; negative when duplicates outnumber losses. */
    public long lost() {
        return expected() - received;
    }

    /** Returns the loss since the last call in 1/256, 0 to 255, and starts the next interval (RFC 3550 A.3). */
    public int takeFractionLost() {
        long expectedNow = expected();
        long expectedInterval = expectedNow - expectedBefore;
        long lostInterval = expectedInterval - (received - receivedBefore);
        expectedBefore = expectedNow;
        receivedBefore = received;
        if (expectedInterval <= 0 || lostInterval <= 0) {
            return 0;
        }
        return (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }

    /** Returns the highest sequence number with its cycles in the upper 16 bits, as reports carry it. */
    public int highestSequence() {
        return (int) highest;
    }

    /** Returns the interarrival jitter in timestamp ticks. */
    public int jitter() {
        return (int) (jitter16 >> 4);
    }

    /** Returns the interarrival jitter in nanoseconds. */
    public long jitterNanos() {
        return jitterClockRate == 0 ? 0 : (jitter16 * Ticker.SECOND / jitterClockRate) >> 4;
    }

    /** Returns the packets that came twice. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the packets that a later one had overtaken. */
    public long reordered() {
        return reordered;
    }

    /** Tells whether the source is past its probation. */
    public boolean isValid() {
        return started && probation <= 0;
    }
}
