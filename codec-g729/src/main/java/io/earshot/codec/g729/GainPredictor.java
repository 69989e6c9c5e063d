package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.compose;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.log2;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.pow2;

/** Predicts the fixed codebook's gain from the energy of the last four innovations, G.729 §3.9.1. */
final class GainPredictor {
    private static final int DEPTH = 4;
    /** -14 dB, Q10. */
    private static final int FLOOR = -14336;

    private final int[] errors = new int[DEPTH];
    private int mantissa;
    private int exponent;

    GainPredictor() {
        reset();
    }

    void reset() {
        java.util.Arrays.fill(errors, FLOOR);
    }

    /** Predicts for a code vector in Q13; the result is {@link #mantissa()} in Q{@link #exponent()}. */
    void predict(int[] code) {
        int logarithm = log2(dot(0, code, 0, code, 0, FixedCodebook.SUBFRAME));
        int sum = mul32x16(logarithm >> 16, logarithm & 0x7fff, -24660);
        sum = lShl(lMac(sum, 32588, 32), 10);
        for (int i = 0; i < DEPTH; i++) {
            sum = lMac(sum, GainTables.PREDICTOR[i], errors[i]);
        }
        int power = lMult(high(sum), 5439) >> 8;
        mantissa = low(pow2(14, fraction(power)));
        exponent = 14 - high(power);
    }

    int mantissa() {
        return mantissa;
    }

    int exponent() {
        return exponent;
    }

    /** Returns the gain itself, Q1: prediction times correction. */
    int gain(int correction) {
        return high(lShl(lMult(low(correction >> 1), mantissa), 4 - exponent));
    }

    /** Remembers by how much the prediction was off; the correction in Q13. */
    void update(int correction) {
        int logarithm = log2(correction);
        int sum = compose((logarithm >> 16) - 13, logarithm & 0x7fff);
        push(mult(high(lShl(sum, 13)), 24660));
    }

    /** Remembers, for a lost frame, 4 dB less than the average, §4.4.3. */
    void conceal() {
        int sum = errors[0] + errors[1] + errors[2] + errors[3];
        push(Math.max((sum >> 2) - 4096, FLOOR));
    }

    private void push(int error) {
        System.arraycopy(errors, 0, errors, 1, DEPTH - 1);
        errors[0] = error;
    }
}
