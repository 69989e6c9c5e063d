package io.earshot.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.rtp.testing.Packets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc3551")
class RtpPacketTest {
    private static final byte[] FULL = Packets.hex(
        "b2 e5 fffe 80000001 deadbeef" // padding, extension, two CSRCs, marker, type 101
            + "00000011 00000022" + "bede 0001 10aa 0000" + "010203" + "000002");
    private final RtpPacket packet = new RtpPacket();

    private RtpVerdict wrap(String hex) {
        byte[] bytes = Packets.hex(hex);
        return packet.wrap(bytes, 0, bytes.length);
    }

    private static byte[] shifted(byte[] bytes, int by) {
        byte[] out = new byte[bytes.length + by + 3];
        Arrays.fill(out, (byte) 0xFF);
        System.arraycopy(bytes, 0, out, by, bytes.length);
        return out;
    }

    @Test void readsEveryFieldAtAnOffset() {
        byte[] buffer = shifted(FULL, 5);
        assertEquals(RtpVerdict.OK, packet.wrap(buffer, 5, FULL.length));
        assertTrue(packet.marker());
        assertEquals(101, packet.payloadType());
        assertEquals(0xFFFE, packet.sequence());
        assertEquals(0x8000_0001, packet.timestamp());
        assertEquals(0xDEAD_BEEF, packet.ssrc());
        assertEquals(2, packet.csrcCount());
        assertEquals(0x11, packet.csrc(0));
        assertEquals(0x22, packet.csrc(1));
        assertThrows(IndexOutOfBoundsException.class, () -> packet.csrc(2));
        assertTrue(packet.hasExtension());
        assertEquals(0xBEDE, packet.extensionProfile());
        assertEquals(5 + 24, packet.extensionOffset());
        assertEquals(4, packet.extensionLength());
        assertEquals(5 + 28, packet.payloadOffset());
        assertEquals(4, packet.payloadLength());
        assertSame(buffer, packet.buffer());
        assertEquals(5, packet.offset());
        assertEquals(FULL.length, packet.length());
    }

    @Test void readsHeapAndDirectBuffersFromPositionToLimit() {
        ByteBuffer heap = ByteBuffer.wrap(shifted(FULL, 4)).position(3).slice().position(1).limit(1 + FULL.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(100);
        direct.position(7).put(FULL).flip().position(7);
        for (ByteBuffer buffer : new ByteBuffer[] {heap, direct, direct.asReadOnlyBuffer()}) {
            assertEquals(RtpVerdict.OK, packet.wrap(buffer));
            assertEquals(0xDEAD_BEEF, packet.ssrc());
            assertEquals(1, packet.buffer()[packet.payloadOffset()]);
            assertEquals(FULL.length, buffer.remaining());
        }
    }

    @Test void rejectsWhatRunsPastTheEnd() {
        assertEquals(RtpVerdict.TOO_SHORT, wrap("8000 0001 00000002 000003"));
        assertEquals(RtpVerdict.CSRC_OVERRUN, wrap("8f00 0001 00000002 00000003 00000004"));
        assertEquals(RtpVerdict.EXTENSION_OVERRUN, wrap("9000 0001 00000002 00000003 bede00"));
        assertEquals(RtpVerdict.EXTENSION_OVERRUN, wrap("9000 0001 00000002 00000003 bedeffff 00000000"));
        assertEquals(RtpVerdict.BAD_PADDING, wrap("a000 0001 00000002 00000003"));
        assertEquals(RtpVerdict.BAD_PADDING, wrap("a000 0001 00000002 00000003 0102 00"));
        assertEquals(RtpVerdict.BAD_PADDING, wrap("a000 0001 00000002 00000003 0102 04"));
        assertEquals(RtpVerdict.OK, wrap("a000 0001 00000002 00000003 0102 03"));
        assertEquals(0, packet.payloadLength());
    }

    @Test void rejectsOtherVersions() {
        assertEquals(RtpVerdict.BAD_VERSION, wrap("0000 0001 00000002 00000003"));
        assertEquals(RtpVerdict.BAD_VERSION, wrap("4000 0001 00000002 00000003"));
        assertEquals(RtpVerdict.BAD_VERSION, wrap("c000 0001 00000002 00000003"));
    }

    @Test void appliesTheLimits() {
        RtpPacket small = new RtpPacket(new RtpLimits(40, 4, 100, 5));
        byte[] bytes = Packets.rtp(0, 1, 2, 3, new byte[29]);
        assertEquals(RtpVerdict.TOO_LONG, small.wrap(bytes, 0, 41));
        assertEquals(RtpVerdict.OK, small.wrap(bytes, 0, 40));
        assertEquals(RtpVerdict.TOO_LONG, small.wrap(ByteBuffer.allocateDirect(41)));
        byte[] extended = Packets.hex("9000 0001 00000002 00000003 bede0002 0000000000000000");
        assertEquals(RtpVerdict.EXTENSION_TOO_LONG, small.wrap(extended, 0, extended.length));
    }

    @Test void aRejectedPacketLeavesTheFormerOneInPlace() {
        packet.wrap(FULL, 0, FULL.length);
        assertEquals(RtpVerdict.TOO_SHORT, packet.wrap(new byte[50], 0, 3));
        assertEquals(0xDEAD_BEEF, packet.ssrc());
    }

    @Test void aRangeOutsideTheArrayIsTheCallersMistake() {
        assertThrows(IndexOutOfBoundsException.class, () -> packet.wrap(new byte[20], 10, 12));
    }

    @Test void writesWhatItReads() {
        byte[] out = new byte[20];
        int payload = RtpWriter.header(out, 3, 111, true, 0x1_FFFF, -5, 0xCAFEBABE);
        assertEquals(15, payload);
        assertArrayEquals(Packets.hex("000000 80 ef ffff fffffffb cafebabe 0000000000"), out);
        assertThrows(IllegalArgumentException.class, () -> RtpWriter.header(out, 0, 128, false, 0, 0, 0));
    }

    @Test void anEmptyExtensionIsOne() {
        assertEquals(RtpVerdict.OK, wrap("9000 0001 00000002 00000003 12340000 55"));
        assertTrue(packet.hasExtension());
        assertEquals(0x1234, packet.extensionProfile());
        assertEquals(1, packet.payloadLength());
        assertEquals(RtpVerdict.OK, wrap("8000 0001 00000002 00000003 55"));
        assertFalse(packet.hasExtension());
        assertEquals(0, packet.extensionProfile());
    }
}
