package io.earshot.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc5761")
@Tag("rfc7983")
class PacketKindTest {
    private static PacketKind kind(int first, int second) {
        return PacketKind.of(new byte[] {99, (byte) first, (byte) second}, 1, 2);
    }

    @Test void followsTheRangesOfRfc7983() {
        for (int first = 0; first < 256; first++) {
            PacketKind expected = first <= 3 ? PacketKind.STUN
                : first >= 16 && first <= 19 ? PacketKind.ZRTP
                : first >= 20 && first <= 63 ? PacketKind.DTLS
                : first >= 64 && first <= 79 ? PacketKind.TURN_CHANNEL
                : first >= 128 && first <= 191 ? PacketKind.RTP : PacketKind.UNKNOWN;
            assertEquals(expected, kind(first, 0));
        }
    }

    @Test void tellsRtcpByItsPacketType() {
        assertEquals(PacketKind.RTP, kind(0x80, 191));
        assertEquals(PacketKind.RTCP, kind(0x80, 192));
        assertEquals(PacketKind.RTCP, kind(0x81, 200));
        assertEquals(PacketKind.RTCP, kind(0x81, 223));
        assertEquals(PacketKind.RTP, kind(0x81, 224));
    }

    @Test void aSingleByteIsNothing() {
        assertEquals(PacketKind.UNKNOWN, PacketKind.of(new byte[] {0}, 0, 1));
        assertEquals(PacketKind.UNKNOWN, PacketKind.of(new byte[0], 0, 0));
    }
}
