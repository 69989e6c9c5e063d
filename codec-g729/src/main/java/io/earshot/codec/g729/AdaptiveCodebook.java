package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.round;

/** Past excitation, delayed by a pitch lag in thirds of a sample: G.729 §3.7.1 and §4.1.3. */
final class AdaptiveCodebook {
    static final int SUBFRAME = 40;
    static final int SHORTEST_LAG = 20;
    static final int LONGEST_LAG = 143;
    /** Past samples that the longest lag needs, the interpolation filter's reach included. */
    static final int HISTORY = LONGEST_LAG + 11;

    private static final int STEPS = 3;
    private static final int TAPS = 10;
    /** Samples below this cannot overflow: the magnitudes of the interpolation filter's coefficients add up to less than 2.0. */
    private static final int SAFE = 0x4000;
    /** For each third the coefficients in the order of the samples, from nine before to ten after. */
    private static final int[][] PHASES = phases();

    private AdaptiveCodebook() {
    }

    private static int[][] phases() {
        int[][] phases = new int[STEPS][2 * TAPS];
        for (int phase = 0; phase < STEPS; phase++) {
            for (int i = 0; i < TAPS; i++) {
                phases[phase][TAPS - 1 - i] = FilterTables.INTERPOLATION[phase + STEPS * i];
                phases[phase][TAPS + i] = FilterTables.INTERPOLATION[STEPS - phase + STEPS * i];
            }
        }
        return phases;
    }

    /** Writes a subframe of excitation from {@code at} on. The lag is {@code lag + third/3}, {@code third} -1, 0 or 1. */
    static void predict(int[] excitation, int at, int lag, int third) {
        int phase = third > 0 ? STEPS - third : -third;
        int from = third > 0 ? at - lag - 1 : at - lag;
        int[] taps = PHASES[phase];
        boolean safe = isSafe(excitation, from - TAPS + 1, Math.min(from + SUBFRAME + TAPS, at));
        for (int j = 0; j < SUBFRAME; j++) {
            int result;
            if (safe) {
                int sum = 0;
                for (int i = 0, k = from + j - TAPS + 1; i < 2 * TAPS; i++) {
                    sum += excitation[k + i] * taps[i];
                }
                result = round(sum << 1);
                safe = result < SAFE && result > -SAFE;
            } else {
                result = round(saturating(excitation, from + j, phase));
            }
            excitation[at + j] = result;
        }
    }

    private static boolean isSafe(int[] samples, int from, int end) {
        int bits = 0;
        for (int i = from; i < end; i++) {
            bits |= Math.abs(samples[i]);
        }
        return bits < SAFE;
    }

    private static int saturating(int[] excitation, int from, int phase) {
        int sum = 0;
        for (int i = 0, k = 0; i < TAPS; i++, k += STEPS) {
            sum = lMac(sum, excitation[from - i], FilterTables.INTERPOLATION[phase + k]);
            sum = lMac(sum, excitation[from + 1 + i], FilterTables.INTERPOLATION[STEPS - phase + k]);
        }
        return sum;
    }

    /** Decodes the first subframe's lag, 8 bits, to thirds of a sample. */
    static int decodeFirst(int index) {
        if (index < 197) {
            return index + 58;
        }
        return 3 * (index - 112);
    }

    /** Decodes the second subframe's lag, 5 bits, relative to the first one's whole lag, to thirds of a sample. */
    static int decodeSecond(int index, int firstLag) {
        return 3 * lowest(firstLag) + index - 2;
    }

    /** Returns the shortest whole lag of the second subframe; ten lags from there on can be told. */
    static int lowest(int firstLag) {
        return Math.min(Math.max(firstLag - 5, SHORTEST_LAG), LONGEST_LAG - 9);
    }

    /** Returns the whole part of a lag in thirds, rounded to the nearest. */
    static int whole(int thirds) {
        return (thirds + 1) / STEPS;
    }

    /** Returns the parity bit of the first lag's upper six bits, §3.7.2. */
    static int parity(int index) {
        return Integer.bitCount(index >> 2 & 0x3f) + 1 & 1;
    }
}
