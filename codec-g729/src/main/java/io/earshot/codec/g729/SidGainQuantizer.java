package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.log2;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.multRound;
import static io.earshot.codec.g729.FixedMath.shl;
import static io.earshot.codec.g729.FixedMath.sub;

/** Quantizes the energy of background noise to 5 bits, §B.4.2.2. */
final class SidGainQuantizer {
    private static final int[] SCALE = {410, 26, 13};
    private static final int[] MARGIN = {0, 0, 1};
    private static final int LOWEST_DB = -12;
    private static final int HIGHEST_DB = 66;

    private int index;
    private int decibels;

    int index() {
        return index;
    }

    /** Returns the quantized energy in dB. */
    int decibels() {
        return decibels;
    }

    /**
     * Quantizes the mean of {@code count} energies; 0 stands for one energy of an excitation at the decoder.
     *
     * @param energies mantissas
     * @param shifts their exponents
     */
    void quantize(int[] energies, int[] shifts, int count) {
        if (count == 0) {
            int sum = lShl(energies[0], shifts[0]);
            quantize(mul32x16(high(sum), fraction(sum), SCALE[0]), 0);
            return;
        }
        int shift = shifts[0];
        for (int i = 1; i < count; i++) {
            shift = Math.min(shift, shifts[i]);
        }
        shift = add(shift, 16 - MARGIN[count]);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum = lAdd(sum, lShl(energies[i], sub(shift, shifts[i])));
        }
        quantize(mul32x16(high(sum), fraction(sum), SCALE[count]), shift);
    }

    private void quantize(int energy, int shift) {
        int logarithm = log2(energy);
        int level = add(shl(sub(logarithm >> 16, shift), 10), multRound(logarithm & 0x7fff, 1024));
        if (level <= -2721) {
            index = 0;
            decibels = LOWEST_DB;
        } else if (level > 22111) {
            index = 31;
            decibels = HIGHEST_DB;
        } else if (level <= 4762) {
            index = Math.max(1, mult(add(level, 3401), 24));
            decibels = 4 * index - 8;
        } else {
            index = Math.max(6, (mult(sub(level, 340), 193) >> 2) - 1);
            decibels = 2 * index + 4;
        }
    }
}
