package io.earshot.codec.speex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Keeps the decoder where {@code conformance/run speex} proved it: every 977th sample of what libspeex 1.2.1 makes of frames of random
 * parameters with losses in between; single precision may round one of them otherwise.
 */
class SpeexExactnessTest {
    private static final int FRAMES = 60;
    private static final int STEP = 977;

    private static final int[][] NARROW = {
        {0, -6, 1, -386, -3, 30, -8, 27, 0, -28},
        {0, 6, -15, -506, 10, 28, 169, 51, 45, -75},
        {0, 15, -53, -111, 38, 52, 354, -37, 176, -11},
        {0, -26, -19, 92, 30, 72, 73, -2, 55, 169},
        {0, 7, 0, 2496, 142, -94, -189, 5, -36, -55},
        {0, 21, -125, -12, -7, -14, -1321, 137, 77, -12},
        {0, 235, -3, 719, 639, -113, 9, -313, 14, -18},
        {0, -30, -1, -165, -12, 6, 3, 0, -22, 5}
    };
    private static final int[][] WIDE = {
        {0, -11, 136, 69, 24, 15, 1, -1, -10, 37, -53, 54, -2, 28, -39, -82, -593, 406, 98, -39},
        {0, 203, -5, 0, -78, 463, -70, -291, -53, 1, -5, 13, 29, 15, 22, 171, 48, 123, 177, 4},
        {0, 9, 45, 253, 31, -20, 71, -124, 46, 5, -38, -42, 278, 2037, 78, -138, -2, -31, 74, -7},
        {0, -11, 140, 238, -313, -16, 156, -12, -216, 10, 93, 661, 156, 75, 1, 7, 23, 54, -138, -30},
        {0, -301, 239, -79, -187, 40, 149, 193, 208, 170, -85, -47, -57, -37, -59, -17, 217, 11, 45, -1852}
    };
    private static final int[] ULTRA_WIDE = {
        0, 3, 6, 49, -947, 74, -16, 122, 18, -20, 27, 8, 77, 592, 38, 19, 37, 255, -32, 8, -160, -99, 72, 273, 146, 22, -48, -68,
        438, -292, 660, 1888, 49, 7, -220, 16, -493, 357, 173, -392
    };

    @Test
    void everyNarrowbandModeDecodesAsTheReferenceDoes() {
        for (int mode = 1; mode <= 8; mode++) {
            compare(SpeexProvider.NARROW, mode, 0, NARROW[mode - 1]);
        }
    }

    @Test
    void everyLayerAboveDecodesAsTheReferenceDoes() {
        for (int layer = 0; layer <= 4; layer++) {
            compare(SpeexProvider.WIDE, 5, layer, WIDE[layer]);
        }
        compare(SpeexProvider.ULTRA_WIDE, 5, 3, ULTRA_WIDE);
    }

    private static void compare(CodecDescriptor codec, int mode, int layer, int... expected) {
        short[] actual = decoded(codec, mode, layer);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i * STEP], 1,
                codec.sampleRate() + " Hz, mode " + mode + ", layer " + layer + ", sample " + i * STEP);
        }
    }

    static short[] decoded(CodecDescriptor codec, int mode, int layer) {
        short[] pcm = new short[FRAMES * codec.samplesIn(20)];
        AudioCodec decoder = new SpeexProvider().open(codec, FormatParameters.NONE, FormatParameters.NONE);
        for (int i = 0; i < FRAMES; i++) {
            byte[] payload = frame(codec, mode, layer, i);
            int samples = i % 13 == 12 ? decoder.conceal(pcm, i * codec.samplesIn(20), codec.samplesIn(20))
                : decoder.decode(payload, 0, payload.length, pcm, i * codec.samplesIn(20));
            assertEquals(codec.samplesIn(20), samples);
        }
        return pcm;
    }

    /** A frame of random parameters, but for the gain, which is kept from saturating everything. */
    static byte[] frame(CodecDescriptor codec, int mode, int layer, int number) {
        SplittableRandom random = new SplittableRandom(1_000_000L * codec.sampleRate() + 10_000 * mode + 1_000 * layer + number);
        StringBuilder bits = new StringBuilder("0" + binary(mode, 4));
        int[] lengths = {0, 43, 119, 160, 220, 300, 364, 492, 79};
        int gain = mode == 1 || mode == 8 ? 34 : mode == 2 ? 30 : mode < 5 ? 23 : 35;
        while (bits.length() < lengths[mode]) {
            bits.append(bits.length() == gain ? "0" : String.valueOf(random.nextInt(2)));
        }
        int layers = codec.sampleRate() == 8_000 ? 0 : codec.sampleRate() == 16_000 ? 1 : 2;
        for (int i = 0; i < layers; i++) {
            int which = i == 0 ? layer : 1;
            int end = bits.length() + new int[] {4, 36, 112, 192, 352}[which];
            bits.append('1').append(binary(which, 3));
            while (bits.length() < end) {
                bits.append(random.nextInt(2));
            }
        }
        bits.append("0111111111111111", 0, (8 - bits.length() % 8) % 8);
        byte[] out = new byte[bits.length() / 8];
        for (int i = 0; i < bits.length(); i++) {
            out[i / 8] |= (byte) (bits.charAt(i) - '0' << 7 - i % 8);
        }
        return out;
    }

    private static String binary(int value, int digits) {
        return Integer.toBinaryString(1 << digits | value).substring(1);
    }
}
