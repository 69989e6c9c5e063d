package io.earshot.rtp.jitter;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.SequenceNumber;

/**
 * Tells a sender that restarted its timestamps or sequence numbers from a stray packet: a jump is believed when the next packet
 * takes part in it.
 */
final class JumpDetector {
    private static final long EARLIEST = -Ticker.SECOND;
    private static final long LATEST = 3 * Ticker.SECOND;
    private static final long AGREEMENT = 500 * Ticker.MILLISECOND;
    private static final int MOST_MISORDERED = 100;

    private boolean pending;
    private int pendingSequence;
    private long pendingTransit;

    /** Tells whether a packet is so early or late against the fastest ones that neither the network nor our own stall can be the reason. */
    static boolean farInTime(long lateness, long unseen) {
        return lateness < EARLIEST || lateness - unseen > LATEST;
    }

    /**
     * Tells whether a sequence number does not belong to the stream, although the timestamp may: far back, or ahead by more packets
     * than the time between allows.
     */
    static boolean farInSequence(long packets, long ticks, int ticksPerPacket, int capacity) {
        return packets < -MOST_MISORDERED || packets >= capacity && packets * ticksPerPacket > 2 * ticks;
    }

    /** Takes a far packet; {@code true} when the one before was as far. */
    boolean confirms(int sequence, long transit) {
        boolean agrees = pending && sequence == SequenceNumber.next(pendingSequence) && Math.abs(transit - pendingTransit) < AGREEMENT;
        pending = true;
        pendingSequence = sequence;
        pendingTransit = transit;
        return agrees;
    }

    void clear() {
        pending = false;
    }
}
