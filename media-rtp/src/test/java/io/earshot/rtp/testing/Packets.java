package io.earshot.rtp.testing;

import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.packet.RtpWriter;
import java.util.HexFormat;

/** Makes RTP packets for tests. */
public final class Packets {
    private Packets() {
    }

    /** Returns a packet's bytes. */
    public static byte[] rtp(int payloadType, int sequence, int timestamp, int ssrc, byte... payload) {
        byte[] out = new byte[RtpPacket.HEADER_BYTES + payload.length];
        int at = RtpWriter.header(out, 0, payloadType, false, sequence, timestamp, ssrc);
        System.arraycopy(payload, 0, out, at, payload.length);
        return out;
    }

    /** Returns a flyweight on some bytes, which must be a well-formed packet. */
    public static RtpPacket wrap(byte... bytes) {
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(bytes, 0, bytes.length) != RtpVerdict.OK) {
            throw new IllegalArgumentException("not a packet");
        }
        return packet;
    }

    /** Turns hexadecimal digits, blanks allowed, into bytes. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
