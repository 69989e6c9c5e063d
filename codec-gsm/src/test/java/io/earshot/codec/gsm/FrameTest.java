package io.earshot.codec.gsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3551")
class FrameTest {
    @Test
    void everyBitOfAFrameSurvivesUnpackingAndPacking() {
        SplittableRandom random = new SplittableRandom(33);
        for (int i = 0; i < 2_000; i++) {
            byte[] in = new byte[Frame.BYTES + 4];
            random.nextBytes(in);
            in[2] = (byte) (0xd0 | in[2] & 0xf);
            Frame frame = new Frame();
            frame.unpack(in, 2);
            byte[] out = in.clone();
            Arrays.fill(out, 2, 2 + Frame.BYTES, (byte) 0);
            frame.pack(out, 2);
            assertArrayEquals(in, out);
        }
    }

    @Test
    void theFieldsLieWhereTable2OfRfc3551PutsThem() {
        byte[] in = new byte[Frame.BYTES];
        in[0] = (byte) 0xd4; // 1101 0100
        in[1] = 0x60; // 01 100000: LARc0 = 010001, LARc1 = 100000
        in[5] = (byte) 0xf1; // 1111000 1
        in[6] = (byte) 0xbf; // 1 01 11111: Nc = 120, bc = 3, Mc = 1
        in[7] = (byte) 0x8e; // 1 000 111 0: xmaxc = 63, pulses 0, 7, …
        Frame frame = new Frame();
        frame.unpack(in, 0);
        assertEquals(0b010001, frame.lar[0]);
        assertEquals(0b100000, frame.lar[1]);
        assertEquals(120, frame.lag[0]);
        assertEquals(3, frame.gain[0]);
        assertEquals(1, frame.grid[0]);
        assertEquals(63, frame.amplitude[0]);
        assertEquals(0, frame.pulse[0]);
        assertEquals(7, frame.pulse[1]);
    }

    @Test
    void onlyTheSignatureTellsAFrame() {
        for (int high = 0; high < 16; high++) {
            byte[] in = {(byte) (high << 4 | 5)};
            assertEquals(high == 0xd, Frame.signed(in, 0));
        }
        assertTrue(Frame.signed(new byte[] {0, (byte) 0xdf}, 1));
        assertFalse(Frame.signed(new byte[] {(byte) 0xdf, 0}, 1));
    }
}
