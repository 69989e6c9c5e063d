package io.earshot.rtp.rtcp;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.earshot.rtp.packet.RtpLimits;
import io.earshot.rtp.wire.Wire;

/**
 * Reads a compound RTCP packet in place. {@link #wrap} checks all of it (RFC 3550 A.2, and every count and length inside), so
 * that the accessors cannot run past the end; then {@link #next} steps through its packets. Confined to one thread, reusable.
 */
public final class RtcpCompound {
    static final int HEAD_BYTES = 4;
    static final int SENDER_INFO_BYTES = 24;
    static final int REPORT_BLOCK_BYTES = 24;
    private static final int PADDING_FLAG = 0x20;
    private static final int COUNT_MASK = 0x1F;

    private final RtpLimits limits;
    private final boolean reducedSize;
    private byte[] buffer = new byte[0];
    private int end;
    private int next;
    private int offset;
    private int bodyEnd;

    /**
     * Makes a reader.
     *
     * @param reducedSize whether a compound may start with any packet type (RFC 5506)
     */
    public RtcpCompound(RtpLimits limits, boolean reducedSize) {
        this.limits = requireNonNull(limits, "limits");
        this.reducedSize = reducedSize;
    }

    /**
     * Checks a compound packet; after {@link RtcpVerdict#OK} {@link #next} leads to its first packet, after any other verdict to none.
     *
     * @throws IndexOutOfBoundsException when offset and length are no range of the array: that is the caller's mistake
     */
    public RtcpVerdict wrap(byte[] bytes, int compoundOffset, int compoundLength) {
        checkFromIndexSize(compoundOffset, compoundLength, bytes.length);
        next = 0;
        end = 0;
        if (compoundLength < HEAD_BYTES) {
            return RtcpVerdict.TOO_SHORT;
        }
        if (compoundLength > limits.maxRtcpBytes()) {
            return RtcpVerdict.TOO_LONG;
        }
        int compoundEnd = compoundOffset + compoundLength;
        int packets = 0;
        for (int at = compoundOffset; at < compoundEnd; at += packetBytes(bytes, at)) {
            if (++packets > limits.maxRtcpPackets()) {
                return RtcpVerdict.TOO_MANY_PACKETS;
            }
            RtcpVerdict verdict = checkPacket(bytes, at, compoundEnd, at == compoundOffset);
            if (verdict != RtcpVerdict.OK) {
                return verdict;
            }
        }
        buffer = bytes;
        next = compoundOffset;
        end = compoundEnd;
        return RtcpVerdict.OK;
    }

    private RtcpVerdict checkPacket(byte[] bytes, int at, int compoundEnd, boolean first) {
        if (compoundEnd - at < HEAD_BYTES || packetBytes(bytes, at) > compoundEnd - at) {
            return RtcpVerdict.LENGTH_OVERRUN;
        }
        if ((Wire.u8(bytes, at) >> 6) != 2) {
            return RtcpVerdict.BAD_VERSION;
        }
        RtcpType type = RtcpType.of(Wire.u8(bytes, at + 1));
        if (first && !reducedSize && type != RtcpType.SENDER_REPORT && type != RtcpType.RECEIVER_REPORT) {
            return RtcpVerdict.FIRST_IS_NO_REPORT;
        }
        int packetEnd = at + packetBytes(bytes, at);
        int padding = 0;
        if ((bytes[at] & PADDING_FLAG) != 0) {
            padding = Wire.u8(bytes, packetEnd - 1);
            if (packetEnd != compoundEnd || padding == 0 || padding % 4 != 0 || padding > packetEnd - at - HEAD_BYTES) {
                return RtcpVerdict.BAD_PADDING;
            }
        }
        return bodyFits(bytes, type, at, packetEnd - padding) ? RtcpVerdict.OK : RtcpVerdict.BODY_OVERRUN;
    }

    private static boolean bodyFits(byte[] bytes, RtcpType type, int at, int bodyEnd) {
        int size = bodyEnd - at;
        int count = bytes[at] & COUNT_MASK;
        return switch (type) {
            case SENDER_REPORT -> size >= HEAD_BYTES + SENDER_INFO_BYTES + REPORT_BLOCK_BYTES * count;
            case RECEIVER_REPORT -> size >= HEAD_BYTES + 4 + REPORT_BLOCK_BYTES * count;
            case SOURCE_DESCRIPTION -> SourceDescription.wellFormed(bytes, at + HEAD_BYTES, bodyEnd, count);
            case BYE -> byeFits(bytes, at, bodyEnd, count);
            case APPLICATION, TRANSPORT_FEEDBACK, PAYLOAD_FEEDBACK -> size >= 12;
            case EXTENDED_REPORT -> size >= 8;
            case OTHER -> true;
        };
    }

    private static boolean byeFits(byte[] bytes, int at, int bodyEnd, int count) {
        int reason = at + HEAD_BYTES + 4 * count;
        return reason == bodyEnd || reason < bodyEnd && reason + 1 + Wire.u8(bytes, reason) <= bodyEnd;
    }

    private static int packetBytes(byte[] bytes, int at) {
        return 4 * (Wire.u16(bytes, at + 2) + 1);
    }

    /** Moves to the next packet; {@code false} when there is none. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        offset = next;
        next += packetBytes(buffer, offset);
        boolean padded = (buffer[offset] & PADDING_FLAG) != 0;
        bodyEnd = padded ? next - Wire.u8(buffer, next - 1) : next;
        return true;
    }

    /** Returns the type of the current packet. */
    public RtcpType type() {
        return RtcpType.of(Wire.u8(buffer, offset + 1));
    }

    /** Returns the five bits after the version: report blocks, sources, subtype or feedback format. */
    public int count() {
        return buffer[offset] & COUNT_MASK;
    }

    /** Returns the array that holds the compound. */
    public byte[] buffer() {
        return buffer;
    }

    /** Returns where the current packet starts. */
    public int offset() {
        return offset;
    }

    /** Returns where the current packet ends, padding excluded. */
    public int bodyEnd() {
        return bodyEnd;
    }

    /**
     * Returns the source that sent the current packet, or, for source descriptions and goodbyes, the first one that it is about; 0
     * when it names none.
     */
    public int ssrc() {
        return bodyEnd - offset >= HEAD_BYTES + 4 ? Wire.i32(buffer, offset + HEAD_BYTES) : 0;
    }

    /**
     * Returns one of the sources that a {@link RtcpType#BYE} is about.
     *
     * @param index 0 to {@link #count()} - 1
     */
    public int byeSsrc(int index) {
        return type() == RtcpType.BYE && index < count() ? Wire.i32(buffer, offset + HEAD_BYTES + 4 * index) : 0;
    }
}
