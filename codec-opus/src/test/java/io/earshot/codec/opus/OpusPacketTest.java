package io.earshot.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The requirements R1 to R7 of RFC 6716 §3.4, and the durations of its table 2. */
@Tag("rfc6716")
class OpusPacketTest {
    private static final int SILK_WB_20 = 9 << 3;
    private static final int HYBRID_FB_10 = 14 << 3;

    @Test
    void theConfigurationTellsTheFrameLength() {
        int[] silk = {480, 960, 1920, 2880};
        int[] hybrid = {480, 960};
        int[] celt = {120, 240, 480, 960};
        for (int configuration = 0; configuration < 32; configuration++) {
            int expected = configuration < 12 ? silk[configuration % 4] : configuration < 16 ? hybrid[configuration % 2]
                : celt[configuration % 4];
            assertEquals(expected, duration(configuration << 3, 1, 2, 3), "configuration " + configuration);
        }
    }

    @Test
    void anEmptyPacketIsMalformed() {
        assertEquals(AudioCodec.NONE, duration());
    }

    @Test
    void aFrameOfMoreThan1275BytesIsMalformed() {
        assertEquals(960, new OpusPacket().duration(filled(SILK_WB_20, 1276), 0, 1276));
        assertEquals(AudioCodec.NONE, new OpusPacket().duration(filled(SILK_WB_20, 1277), 0, 1277));
    }

    @Test
    void twoEqualFramesShareAnEvenLength() {
        assertEquals(1920, duration(SILK_WB_20 | 1, 7, 7));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 1, 7, 7, 7));
    }

    @Test
    void theFirstOfTwoUnequalFramesMustFitIn() {
        assertEquals(1920, duration(SILK_WB_20 | 2, 2, 7, 7, 7));
        assertEquals(1920, duration(SILK_WB_20 | 2, 0));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 2, 4, 7, 7, 7));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 2));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 2, 252));
    }

    @Test
    void aPacketOfSeveralFramesLasts120MillisAtMost() {
        assertEquals(5760, duration(SILK_WB_20 | 3, 6, 1, 1, 1, 1, 1, 1));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 3, 7, 1, 1, 1, 1, 1, 1, 1));
        assertEquals(5760, duration(HYBRID_FB_10 | 3, 12));
        assertEquals(AudioCodec.NONE, duration(HYBRID_FB_10 | 3, 13));
        assertEquals(AudioCodec.NONE, duration(HYBRID_FB_10 | 3, 0));
        assertEquals(AudioCodec.NONE, duration(HYBRID_FB_10 | 3));
    }

    @Test
    void framesOfConstantLengthDivideWhatPaddingLeaves() {
        assertEquals(1920, duration(SILK_WB_20 | 3, 0x40 | 2, 1, 9, 9, 0));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 3, 0x40 | 2, 1, 9, 9, 9, 0));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 3, 0x40 | 2, 5, 9, 9, 0));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 3, 0x40 | 2, 255));
    }

    @Test
    void framesOfVariableLengthMustFitIn() {
        assertEquals(2880, duration(SILK_WB_20 | 3, 0x80 | 3, 1, 2, 9, 9, 9));
        assertEquals(AudioCodec.NONE, duration(SILK_WB_20 | 3, 0x80 | 3, 1, 3, 9, 9, 9));
    }

    @Test
    void agreesWithConcentusOnTheDurationOfWhateverItAccepts() {
        SplittableRandom random = new SplittableRandom(6716);
        OpusPacket packet = new OpusPacket();
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            if (packet.parse(bytes, 0, bytes.length)) {
                accepted++;
                assertEquals(OpusPacketInfo.getNumSamples(bytes, 0, bytes.length, 48_000), packet.samples());
            }
        }
        assertTrue(accepted > 5_000, "accepted " + accepted);
    }

    @Test
    void theRedundancyFlagFollowsTheVoiceFlags() {
        assertTrue(redundant(SILK_WB_20, 0x40));
        assertFalse(redundant(SILK_WB_20, 0xBF));
        int sixtyMillis = 11 << 3;
        assertTrue(redundant(sixtyMillis, 0x10));
        assertFalse(redundant(sixtyMillis, 0xEF));
        int stereo = SILK_WB_20 | 4;
        assertTrue(redundant(stereo, 0x10));
        assertFalse(redundant(stereo, 0x20));
        int celt = 31 << 3;
        assertFalse(redundant(celt, 0xFF));
    }

    private static boolean redundant(int toc, int first) {
        byte[] packet = {(byte) toc, (byte) first, 0};
        OpusPacket parsed = new OpusPacket();
        assertTrue(parsed.parse(packet, 0, packet.length));
        return parsed.hasRedundancy(packet);
    }

    private static int duration(int... bytes) {
        byte[] packet = new byte[bytes.length + 2];
        for (int i = 0; i < bytes.length; i++) {
            packet[i + 1] = (byte) bytes[i];
        }
        return new OpusPacket().duration(packet, 1, bytes.length);
    }

    private static byte[] filled(int toc, int length) {
        byte[] packet = new byte[length];
        packet[0] = (byte) toc;
        return packet;
    }
}
