package io.earshot.rtp.packet;

import io.earshot.rtp.wire.Wire;

/** Writes the fixed RTP header (RFC 3550 §5.1): version 2, no padding, no extension, no contributing sources. Stateless. */
public final class RtpWriter {
    private RtpWriter() {
    }

    /**
     * Writes {@link RtpPacket#HEADER_BYTES} bytes; the payload follows them.
     *
     * @param payloadType 0 to 127
     * @param sequence the low 16 bits are used
     * @return where the payload goes
     */
    public static int header(byte[] out, int offset, int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
        if (payloadType < 0 || payloadType > RtpPacket.PAYLOAD_TYPE_MASK) {
            throw new IllegalArgumentException("payload type " + payloadType + " is outside 0 to 127");
        }
        out[offset + RtpPacket.FLAGS_OFFSET] = (byte) (RtpPacket.VERSION << 6);
        out[offset + RtpPacket.TYPE_OFFSET] = (byte) (payloadType | (marker ? RtpPacket.MARKER_FLAG : 0));
        Wire.put16(out, offset + RtpPacket.SEQUENCE_OFFSET, sequence);
        Wire.put32(out, offset + RtpPacket.TIMESTAMP_OFFSET, timestamp);
        Wire.put32(out, offset + RtpPacket.SSRC_OFFSET, ssrc);
        return offset + RtpPacket.HEADER_BYTES;
    }
}
