package io.earshot.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.rtp.testing.Packets;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
class RtpFuzzTest {
    private static final byte[] SEED = Packets.hex(
        "b2 65 fffe 80000001 deadbeef 00000011 00000022 bede 0002 10aa 2102 0304 0000 010203 000003");
    private final SplittableRandom random = new SplittableRandom(20);
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Set<RtpVerdict> seen = EnumSet.noneOf(RtpVerdict.class);

    private void check(byte[] buffer, int offset, int length) {
        RtpVerdict verdict = packet.wrap(buffer, offset, length);
        seen.add(verdict);
        if (verdict != RtpVerdict.OK) {
            return;
        }
        int end = offset + length;
        assertTrue(packet.payloadOffset() >= offset + 12 && packet.payloadLength() >= 0);
        assertTrue(packet.payloadOffset() + packet.payloadLength() <= end);
        for (int i = 0; i < packet.csrcCount(); i++) {
            packet.csrc(i);
        }
        extensions.wrap(packet);
        while (extensions.next()) {
            assertTrue(extensions.offset() + extensions.length() <= packet.extensionOffset() + packet.extensionLength());
        }
    }

    @Test void randomBytesNeverThrowOrReachOutside() {
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) (bytes[0] & 0x3F | 0x80);
            }
            check(bytes, 0, bytes.length);
        }
        assertTrue(seen.containsAll(EnumSet.of(RtpVerdict.OK,
            RtpVerdict.CSRC_OVERRUN, RtpVerdict.EXTENSION_OVERRUN, RtpVerdict.BAD_PADDING)));
    }

    @Test void mutationsNeverThrowOrReachOutside() {
        for (int i = 0; i < 300_000; i++) {
            int offset = random.nextInt(4);
            byte[] bytes = new byte[offset + SEED.length];
            System.arraycopy(SEED, 0, bytes, offset, SEED.length);
            for (int m = random.nextInt(4); m >= 0; m--) {
                bytes[offset + random.nextInt(SEED.length)] = (byte) random.nextInt();
            }
            check(bytes, offset, random.nextInt(3) == 0 ? random.nextInt(SEED.length) : SEED.length);
        }
        assertTrue(seen.contains(RtpVerdict.OK) && seen.contains(RtpVerdict.EXTENSION_OVERRUN));
    }

    @Test void everyPrefixOfAPacketGetsAVerdict() {
        for (int length = 0; length <= SEED.length; length++) {
            check(SEED, 0, length);
        }
        assertEquals(RtpVerdict.OK, packet.wrap(SEED, 0, SEED.length));
    }
}
