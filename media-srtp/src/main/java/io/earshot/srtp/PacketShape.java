package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;

/** The few fields of a packet that are in clear and steer its protection. */
final class PacketShape {
    static final int RTP_FIXED = 12;
    static final int MALFORMED = -1;

    private PacketShape() {
    }

    /** Returns the bytes before the payload, extension included, or {@link #MALFORMED} if they do not fit into {@code length}. */
    static int rtpHeader(byte[] buffer, int offset, int length) {
        if (length < RTP_FIXED || (buffer[offset] & 0xC0) != 0x80) {
            return MALFORMED;
        }
        int header = RTP_FIXED + 4 * (buffer[offset] & 0x0F);
        if ((buffer[offset] & 0x10) != 0) {
            if (length < header + 4) {
                return MALFORMED;
            }
            header += 4 + 4 * Wire.u16(buffer, offset + header + 2);
        }
        return header <= length ? header : MALFORMED;
    }

    static boolean rtcp(byte[] buffer, int offset, int length) {
        return length >= Protection.RTCP_HEADER && (buffer[offset] & 0xC0) == 0x80;
    }
}
