package io.earshot.rtp.packet;

import io.earshot.rtp.wire.Wire;

/** What a datagram on a media port is, told by its first two bytes (RFC 7983 §7, RFC 5761 §4). */
public enum PacketKind {
    /** RTP, as far as the first bytes tell; {@link RtpPacket#wrap(byte[], int, int)} has the last word. */
    RTP,
    /** RTCP, as far as the first bytes tell. */
    RTCP,
    /** STUN (RFC 8489). */
    STUN,
    /** ZRTP (RFC 6189). */
    ZRTP,
    /** DTLS (RFC 5764). */
    DTLS,
    /** A message of a TURN channel (RFC 8656 §12). */
    TURN_CHANNEL,
    /** None of these, or fewer than two bytes; also the single zero byte that some phones send as keep-alive. */
    UNKNOWN;

    /**
     * Tells the kind of a datagram. RTCP packet types 192 to 223 are RTP payload types 64 to 95 with the marker set, which RFC 5761
     * therefore keeps RTP from using; on a port that carries RTP only the test is harmless.
     */
    public static PacketKind of(byte[] buffer, int offset, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        int first = Wire.u8(buffer, offset);
        if (first >= 128 && first <= 191) {
            int second = Wire.u8(buffer, offset + 1);
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        if (first <= 3) {
            return STUN;
        }
        if (first >= 16 && first <= 19) {
            return ZRTP;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        return first >= 64 && first <= 79 ? TURN_CHANNEL : UNKNOWN;
    }
}
