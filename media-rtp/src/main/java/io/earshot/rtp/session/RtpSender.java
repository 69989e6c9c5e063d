package io.earshot.rtp.session;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.packet.RtpWriter;
import io.earshot.rtp.packet.SequenceNumber;

/**
 * Numbers and counts what we send. SSRC, first sequence number and timestamp offset are random (RFC 3550 §5.1). Confined to one
 * thread.
 */
public final class RtpSender {
    private final IdSource ids;
    private int ssrc;
    private int sequence;
    private int timestampOffset;
    private long packets;
    private long octets;
    private long packetsOfSsrc;
    private long octetsOfSsrc;
    private long lastSent = -1;
    private int lastTimestamp;
    private int lastClockRate = 8000;

    /** Starts a stream. */
    public RtpSender(IdSource ids) {
        this.ids = requireNonNull(ids, "ids");
        ssrc = ids.nextInt();
        sequence = ids.nextInt() & 0x7FFF; // low enough that no packet index underflows early (RFC 3711 §3.3.1)
        timestampOffset = ids.nextInt();
    }

    /** Takes another SSRC, after a collision (RFC 3550 §8.2); the sender's counts start over with it. */
    void changeSsrc() {
        int old = ssrc;
        do {
            ssrc = ids.nextInt();
        } while (ssrc == old);
        packetsOfSsrc = 0;
        octetsOfSsrc = 0;
    }

    /**
     * Writes the header in front of a payload that already stands at {@code offset + }{@link RtpPacket#HEADER_BYTES}, and counts the
     * packet.
     *
     * @param mediaTicks the payload's time on the stream's own scale, in timestamp ticks
     * @return the packet's length
     */
    public int packet(byte[] out, int offset, int payloadType, boolean marker, long mediaTicks, int payloadBytes, long now) {
        int timestamp = timestampOffset + (int) mediaTicks;
        RtpWriter.header(out, offset, payloadType, marker, sequence, timestamp, ssrc);
        sequence = SequenceNumber.next(sequence);
        packets++;
        octets += payloadBytes;
        packetsOfSsrc++;
        octetsOfSsrc += payloadBytes;
        lastSent = now;
        lastTimestamp = timestamp;
        return RtpPacket.HEADER_BYTES + payloadBytes;
    }

    /** Tells the clock rate of what is sent, so that reports can name the timestamp of the present. */
    public void clockRate(int ticksPerSecond) {
        lastClockRate = ticksPerSecond;
    }

    /** Returns the timestamp that a packet sampled now would have, for sender reports (RFC 3550 §6.4.1). */
    public int timestampAt(long now) {
        return lastTimestamp + (lastSent < 0 ? 0 : (int) RtpTimestamp.toTicks(now - lastSent, lastClockRate));
    }

    /** Returns our synchronisation source. */
    public int ssrc() {
        return ssrc;
    }

    /** Returns the sequence number of the next packet. */
    public int nextSequence() {
        return sequence;
    }

    /** Returns the packets sent in all. */
    public long packets() {
        return packets;
    }

    /** Returns the payload bytes sent in all. */
    public long octets() {
        return octets;
    }

    long packetsOfSsrc() {
        return packetsOfSsrc;
    }

    long octetsOfSsrc() {
        return octetsOfSsrc;
    }

    /** Returns when the last packet was sent, -1 if none was. */
    public long lastSent() {
        return lastSent;
    }

    /** Returns the present on the stream's own scale, continuing from the last packet. */
    long mediaTicksAt(long now) {
        return (timestampAt(now) - timestampOffset) & 0xFFFF_FFFFL;
    }

    /** Returns the timestamp ticks per second of what is sent. */
    int clockRate() {
        return lastClockRate;
    }
}
