package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.shl;

import java.util.Arrays;

/** Four signed pulses in 40 positions, G.729 §3.8 and §4.1.4. */
final class FixedCodebook {
    static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    static final int PULSES = 4;
    /** Height of a positive pulse, Q13. */
    static final int POSITIVE = 8191;
    /** Height of a negative pulse, Q13. */
    static final int NEGATIVE = -8192;

    private FixedCodebook() {
    }

    /**
     * Places the pulses.
     *
     * @param positions 13 bits
     * @param signs 4 bits, 1 is positive
     * @param code 40 samples, Q13
     */
    static void decode(int positions, int signs, int[] code) {
        Arrays.fill(code, 0, SUBFRAME, 0);
        int fourth = 5 * (positions >> 10 & 7) + 3 + (positions >> 9 & 1);
        code[5 * (positions & 7)] = height(signs & 1);
        code[5 * (positions >> 3 & 7) + 1] = height(signs & 2);
        code[5 * (positions >> 6 & 7) + 2] = height(signs & 4);
        code[fourth] = height(signs & 8);
    }

    private static int height(int sign) {
        return sign != 0 ? POSITIVE : NEGATIVE;
    }

    /** Repeats what lies one lag back, §3.8 eq. 46 and 48; {@code sharpening} in Q14. */
    static void sharpen(int[] samples, int lag, int sharpening) {
        int gain = shl(sharpening, 1);
        for (int i = lag; i < SUBFRAME; i++) {
            samples[i] = add(samples[i], samples[i - lag] * gain >> 15);
        }
    }
}
