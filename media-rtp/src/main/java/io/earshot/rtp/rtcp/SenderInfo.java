package io.earshot.rtp.rtcp;

import io.earshot.rtp.wire.Wire;

/** Reads the sender's part of a sender report (RFC 3550 §6.4.1). Confined to one thread, reusable. */
public final class SenderInfo {
    private byte[] buffer = new byte[RtcpCompound.HEAD_BYTES + RtcpCompound.SENDER_INFO_BYTES];
    private int offset;

    /** Makes a reader; {@code wrap} comes first. */
    public SenderInfo() {
    }

    /** Starts over with a compound that stands at a {@link RtcpType#SENDER_REPORT}. */
    public SenderInfo wrap(RtcpCompound compound) {
        if (compound.type() != RtcpType.SENDER_REPORT) {
            throw new IllegalStateException("not a sender report");
        }
        buffer = compound.buffer();
        offset = compound.offset();
        return this;
    }

    /** Returns the sender. */
    public int ssrc() {
        return Wire.i32(buffer, offset + 4);
    }

    /** Returns when the report was sent, by the sender's clock; see {@link NtpTime}. */
    public long ntpTimestamp() {
        return Wire.i64(buffer, offset + 8);
    }

    /** Returns the same instant in the sender's RTP timestamps. */
    public int rtpTimestamp() {
        return Wire.i32(buffer, offset + 16);
    }

    /** Returns the RTP packets that the sender has sent. */
    public long packetCount() {
        return Wire.u32(buffer, offset + 20);
    }

    /** Returns the payload bytes that the sender has sent. */
    public long octetCount() {
        return Wire.u32(buffer, offset + 24);
    }
}
