package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMsu;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.sub;

/**
 * Moving-average prediction of the LSFs from the last four frames' quantizer outputs, G.729 §3.2.4. Speech and SID frames share the
 * memory but not the {@link Coefficients}.
 */
final class LspPredictor {
    private static final int ORDER = Lsp.ORDER;
    private static final int DEPTH = 4;
    private static final int LOWEST = 40;
    private static final int HIGHEST = 25681;
    private static final int LEAST_GAP = 321;

    /** Newest first. */
    private final int[] memory = new int[DEPTH * ORDER];

    LspPredictor() {
        reset();
    }

    void reset() {
        for (int i = 0; i < DEPTH; i++) {
            System.arraycopy(LspTables.INITIAL, 0, memory, i * ORDER, ORDER);
        }
    }

    /**
     * Flat tables: 2 modes of 4 frames of 10, and 2 modes of 10.
     *
     * @param weights of the past frames, Q15
     * @param own weight of the present frame, Q15
     * @param ownInverse its inverse, Q12
     */
    record Coefficients(int[] weights, int[] own, int[] ownInverse) {
        static final Coefficients SPEECH =
            new Coefficients(LspTables.PREDICTOR, LspTables.PREDICTOR_SUM, LspTables.PREDICTOR_SUM_INVERSE);
    }

    /** Adds prediction and quantizer output. */
    void compose(int[] output, int[] lsf, Coefficients with, int mode) {
        for (int j = 0; j < ORDER; j++) {
            int sum = lMult(output[j], with.own[mode * ORDER + j]);
            for (int k = 0; k < DEPTH; k++) {
                sum = lMac(sum, memory[k * ORDER + j], with.weights[(mode * DEPTH + k) * ORDER + j]);
            }
            lsf[j] = high(sum);
        }
    }

    /** Returns what the quantizer must put out for these LSFs: the inverse of {@link #compose}. */
    void extract(int[] lsf, int[] output, Coefficients with, int mode) {
        for (int j = 0; j < ORDER; j++) {
            int sum = lsf[j] << 16;
            for (int k = 0; k < DEPTH; k++) {
                sum = lMsu(sum, memory[k * ORDER + j], with.weights[(mode * DEPTH + k) * ORDER + j]);
            }
            output[j] = high(lShl(lMult(high(sum), with.ownInverse[mode * ORDER + j]), 3));
        }
    }

    /** Remembers a frame's quantizer output. */
    void update(int[] output) {
        System.arraycopy(memory, 0, memory, ORDER, (DEPTH - 1) * ORDER);
        System.arraycopy(output, 0, memory, 0, ORDER);
    }

    /** Pushes apart neighbours from {@code first - 1} on that are closer than {@code gap}. */
    static void spread(int[] values, int first, int end, int gap) {
        for (int j = first; j < end; j++) {
            int half = add(sub(values[j - 1], values[j]), gap) >> 1;
            if (half > 0) {
                values[j - 1] = sub(values[j - 1], half);
                values[j] = add(values[j], half);
            }
        }
    }

    /** Orders the LSFs and keeps them apart, so that the filter is stable. */
    static void stabilize(int[] lsf) {
        for (int j = 0; j < ORDER - 1; j++) {
            if (lsf[j + 1] < lsf[j]) {
                int swapped = lsf[j + 1];
                lsf[j + 1] = lsf[j];
                lsf[j] = swapped;
            }
        }
        lsf[0] = Math.max(lsf[0], LOWEST);
        for (int j = 0; j < ORDER - 1; j++) {
            if (lsf[j + 1] - lsf[j] < LEAST_GAP) {
                lsf[j + 1] = add(lsf[j], LEAST_GAP);
            }
        }
        lsf[ORDER - 1] = Math.min(lsf[ORDER - 1], HIGHEST);
    }
}
