package io.earshot.rtp.rtcp;

import io.earshot.rtp.wire.Wire;

/** Reads one report block of a sender or receiver report (RFC 3550 §6.4.1). Confined to one thread, reusable. */
public final class ReportBlock {
    private byte[] buffer = new byte[RtcpCompound.REPORT_BLOCK_BYTES];
    private int offset;

    /** Makes a reader; {@code wrap} comes first. */
    public ReportBlock() {
    }

    /**
     * Starts over with one block of the report that a compound stands at.
     *
     * @param index 0 to {@link RtcpCompound#count()} - 1
     */
    public ReportBlock wrap(RtcpCompound compound, int index) {
        RtcpType type = compound.type();
        if (type != RtcpType.SENDER_REPORT && type != RtcpType.RECEIVER_REPORT || index < 0 || index >= compound.count()) {
            throw new IllegalStateException("no report block " + index + " in this packet");
        }
        int head = type == RtcpType.SENDER_REPORT ? RtcpCompound.HEAD_BYTES + RtcpCompound.SENDER_INFO_BYTES : RtcpCompound.HEAD_BYTES + 4;
        buffer = compound.buffer();
        offset = compound.offset() + head + RtcpCompound.REPORT_BLOCK_BYTES * index;
        return this;
    }

    /** Returns the source that is reported on. */
    public int ssrc() {
        return Wire.i32(buffer, offset);
    }

    /** Returns the loss since the previous report in 1/256, 0 to 255. */
    public int fractionLost() {
        return Wire.u8(buffer, offset + 4);
    }

    /** Returns the packets lost since the beginning, -2^23 to 2^23 - 1; negative when duplicates outnumber losses. */
    public int cumulativeLost() {
        return Wire.i32(buffer, offset + 4) << 8 >> 8;
    }

    /** Returns the highest sequence number received, its cycles in the upper 16 bits. */
    public long highestSequence() {
        return Wire.u32(buffer, offset + 8);
    }

    /** Returns the interarrival jitter in timestamp ticks. */
    public long jitter() {
        return Wire.u32(buffer, offset + 12);
    }

    /** Returns the middle 32 bits of the NTP time of the last sender report that the reporter got, or 0. */
    public int lastSenderReport() {
        return Wire.i32(buffer, offset + 16);
    }

    /** Returns the time between receiving that report and sending this one, in 1/65536 s. */
    public long delaySinceLastSenderReport() {
        return Wire.u32(buffer, offset + 20);
    }
}
