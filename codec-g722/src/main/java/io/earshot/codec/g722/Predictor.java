package io.earshot.codec.g722;

import java.util.Arrays;

/**
 * The adaptive predictor of a sub-band, two poles and six zeros, with which encoder and decoder foresee the same (G.722 §3.6, and block 4
 * of §6.2.1.4). All numbers are 16 bit words held in {@code int}s.
 */
final class Predictor {
    private static final int ZEROS = 6;
    private static final int SECOND_POLE_LIMIT = 12_288;
    private static final int STABILITY = 15_360;

    private final int[] difference = new int[ZEROS];
    private final int[] zero = new int[ZEROS];
    private int pole1;
    private int pole2;
    private int reconstructed1;
    private int partial1;
    private int partial2;
    private int fromZeros;
    private int prediction;

    /** Returns what the next sample is expected to be. */
    int prediction() {
        return prediction;
    }

    void reset() {
        Arrays.fill(difference, 0);
        Arrays.fill(zero, 0);
        pole1 = 0;
        pole2 = 0;
        reconstructed1 = 0;
        partial1 = 0;
        partial2 = 0;
        fromZeros = 0;
        prediction = 0;
    }

    /** Learns by how much the expectation was wrong, as far as both sides know it. */
    void update(int error) {
        int reconstructed = saturate(prediction + error);
        int partial = saturate(fromZeros + error);
        adaptPoles(partial);
        adaptZeros(error);
        int fromPoles = saturate((pole1 * saturate(reconstructed << 1) >> 15) + (pole2 * saturate(reconstructed1 << 1) >> 15));
        prediction = saturate(fromPoles + fromZeros);
        reconstructed1 = reconstructed;
        partial2 = partial1;
        partial1 = partial;
    }

    /** UPPOL2 and UPPOL1. */
    private void adaptPoles(int partial) {
        boolean sameAsLast = (partial ^ partial1) >= 0;
        int lean = saturate(pole1 << 2);
        lean = sameAsLast ? Math.min(-lean, Short.MAX_VALUE) : lean;
        int second = (lean >> 7) + ((partial ^ partial2) >= 0 ? 128 : -128) + (pole2 * 32_512 >> 15);
        pole2 = clamp(second, SECOND_POLE_LIMIT);
        pole1 = clamp((sameAsLast ? 192 : -192) + (pole1 * 32_640 >> 15), STABILITY - pole2);
    }

    /** UPZERO, DELAYA and FILTEZ: each coefficient leans towards the sign that its past error shares with the present one. */
    private void adaptZeros(int error) {
        int step = error == 0 ? 0 : 128;
        int sum = 0;
        int newer = error;
        for (int i = 0; i < ZEROS; i++) {
            int old = difference[i];
            int coefficient = (zero[i] * 32_640 >> 15) + ((error ^ old) >= 0 ? step : -step);
            zero[i] = coefficient;
            difference[i] = newer;
            sum = saturate(sum + (coefficient * saturate(newer << 1) >> 15));
            newer = old;
        }
        fromZeros = sum;
    }

    private static int clamp(int value, int limit) {
        return value > limit ? limit : Math.max(value, -limit);
    }

    static int saturate(int value) {
        return value == (short) value ? value : value < 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
    }
}
