package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_32;
import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lShr;
import static io.earshot.codec.g729.FixedMath.lSub;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.negate;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.scale;

/** Quantizes pitch gain and code gain together to 7 bits, G.729 §3.9.2: preselection, then a search of 32 pairs. */
final class GainQuantizer {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int FIRST_CANDIDATES = 4;
    private static final int SECOND_CANDIDATES = 8;
    private static final int FIRST_ROWS = 8;
    private static final int SECOND_ROWS = 16;
    /** 0.94, Q9. */
    private static final int TAMED_PITCH_GAIN = 481;
    /** 0.9999, Q14. */
    private static final int TAMED_LIMIT = 16383;
    /** Inverse determinant of the preselection's equations, Q19. */
    private static final int INVERSE = -17103;

    private static final int PITCH_ENERGY = 0;
    private static final int PITCH_TARGET = 1;
    private static final int CODE_ENERGY = 2;
    private static final int CODE_TARGET = 3;
    private static final int BOTH = 4;

    private final GainPredictor predictor;
    /** The five terms of the error, eq. 63, as mantissas and exponents; then aligned, in double precision. */
    private final int[] terms = new int[5];
    private final int[] exponents = new int[5];
    private final int[] aligned = new int[5];
    private final int[] scaled = new int[SUBFRAME];
    private int inverseDeterminant;
    private int inverseExponent;
    private int firstCandidate;
    private int secondCandidate;
    private int pitchGain;
    private int codeGain;

    GainQuantizer(GainPredictor predictor) {
        this.predictor = predictor;
    }

    /** Returns the quantized pitch gain, Q14. */
    int pitchGain() {
        return pitchGain;
    }

    /** Returns the quantized code gain, Q1. */
    int codeGain() {
        return codeGain;
    }

    /** Takes the terms of the pitch from its search, and computes those with the filtered code vector. */
    void correlate(ClosedLoopPitch pitch, int[] target, int[] filteredPitch, int[] filteredCode) {
        terms[PITCH_ENERGY] = pitch.energy();
        exponents[PITCH_ENERGY] = -pitch.energyExponent();
        terms[PITCH_TARGET] = negate(pitch.correlation());
        exponents[PITCH_TARGET] = -(pitch.correlationExponent() + 1);
        for (int i = 0; i < SUBFRAME; i++) {
            scaled[i] = filteredCode[i] >> 3;
        }
        normalize(CODE_ENERGY, scaled, 3);
        normalize(CODE_TARGET, target, -7);
        terms[CODE_TARGET] = negate(terms[CODE_TARGET]);
        normalize(BOTH, filteredPitch, -7);
    }

    private void normalize(int term, int[] with, int exponent) {
        int sum = dot(1, with, 0, scaled, 0, SUBFRAME);
        int shift = lNorm(sum);
        terms[term] = round(lShl(sum, shift));
        exponents[term] = shift + exponent;
    }

    /** Returns the 7 bits of the two gains that come nearest. */
    int quantize(int[] code, boolean tamed) {
        predictor.predict(code);
        preselect(tamed);
        align();
        int first = firstCandidate;
        int second = secondCandidate;
        int least = MAX_32;
        for (int i = firstCandidate; i < firstCandidate + FIRST_CANDIDATES; i++) {
            for (int j = secondCandidate; j < secondCandidate + SECOND_CANDIDATES; j++) {
                int pitch = add(GainTables.FIRST[2 * i], GainTables.SECOND[2 * j]);
                if (tamed && pitch >= TAMED_LIMIT) {
                    continue;
                }
                int distance = distance(pitch, GainTables.FIRST[2 * i + 1] + GainTables.SECOND[2 * j + 1] >> 1);
                if (lSub(distance, least) < 0) {
                    least = distance;
                    first = i;
                    second = j;
                }
            }
        }
        pitchGain = add(GainTables.FIRST[2 * first], GainTables.SECOND[2 * second]);
        int correction = GainTables.FIRST[2 * first + 1] + GainTables.SECOND[2 * second + 1];
        codeGain = predictor.gain(correction);
        predictor.update(correction);
        return GainTables.FIRST_TO_CODE[first] << 4 | GainTables.SECOND_TO_CODE[second];
    }

    private int distance(int pitch, int correction) {
        int code = mult(predictor.mantissa(), (short) correction);
        int sum = product(PITCH_ENERGY, mult(pitch, pitch));
        sum = lAdd(sum, product(PITCH_TARGET, pitch));
        sum = lAdd(sum, product(CODE_ENERGY, mult(code, code)));
        sum = lAdd(sum, product(CODE_TARGET, code));
        return lAdd(sum, product(BOTH, mult(code, pitch)));
    }

    /** No gain is -32768: pitch gains are positive, and so is the predicted one that the others are multiplied with. */
    private int product(int term, int gain) {
        return scale(aligned[term], gain);
    }

    /** Brings the terms to a common exponent, the gains' formats taken in. */
    private void align() {
        int gainExponent = predictor.exponent();
        int pitchEnergy = exponents[PITCH_ENERGY] + 13;
        int pitchTarget = exponents[PITCH_TARGET] + 14;
        int codeEnergy = exponents[CODE_ENERGY] + 2 * gainExponent - 21;
        int codeTarget = exponents[CODE_TARGET] + gainExponent - 3;
        int both = exponents[BOTH] + gainExponent - 4;
        int least = Math.min(Math.min(Math.min(pitchEnergy, pitchTarget), Math.min(codeEnergy, codeTarget)), both);
        aligned[PITCH_ENERGY] = lShr(terms[PITCH_ENERGY] << 16, pitchEnergy - least);
        aligned[PITCH_TARGET] = lShr(terms[PITCH_TARGET] << 16, pitchTarget - least);
        aligned[CODE_ENERGY] = lShr(terms[CODE_ENERGY] << 16, codeEnergy - least);
        aligned[CODE_TARGET] = lShr(terms[CODE_TARGET] << 16, codeTarget - least);
        aligned[BOTH] = lShr(terms[BOTH] << 16, both - least);
    }

    /** Solves for the unquantized gains and finds the codebooks' parts around them. */
    private void preselect(boolean tamed) {
        determinant();
        int bestPitch = solve(CODE_ENERGY, PITCH_TARGET, CODE_TARGET, 9);
        if (tamed) {
            bestPitch = Math.min(bestPitch, TAMED_PITCH_GAIN);
        }
        int bestCode = solve(PITCH_ENERGY, CODE_TARGET, PITCH_TARGET, 2);
        int exponent = predictor.exponent();
        int predicted = exponent >= 4 ? FixedMath.shr(predictor.mantissa(), exponent - 4)
            : high(lShl(predictor.mantissa(), 20 - exponent));
        candidates(bestPitch, bestCode, predicted);
    }

    private void determinant() {
        int a = lMult(terms[PITCH_ENERGY], terms[CODE_ENERGY]);
        int exponentA = exponents[PITCH_ENERGY] + exponents[CODE_ENERGY] - 1;
        int b = lMult(terms[BOTH], terms[BOTH]);
        int exponentB = 2 * exponents[BOTH] + 1;
        int difference = exponentA > exponentB ? lSub(lShr(a, exponentA - exponentB), b) : lSub(a, lShr(b, exponentB - exponentA));
        int shift = lNorm(difference);
        int exponent = Math.min(exponentA, exponentB) + shift - 16;
        inverseDeterminant = negate(div(16384, high(lShl(difference, shift))));
        inverseExponent = 29 - exponent;
    }

    /** Returns (2·energy·own - other·both) over the determinant, in the given format. */
    private int solve(int energy, int own, int other, int format) {
        int a = lMult(terms[energy], terms[own]);
        int exponentA = exponents[energy] + exponents[own];
        int b = lMult(terms[other], terms[BOTH]);
        int exponentB = exponents[other] + exponents[BOTH] + 1;
        int difference = exponentA > exponentB ? lSub(lShr(a, exponentA - exponentB + 1), b >> 1)
            : lSub(a >> 1, lShr(b, exponentB - exponentA + 1));
        int shift = lNorm(difference);
        int exponent = Math.min(exponentA, exponentB) - 1 + shift - 16;
        int quotient = lMult(high(lShl(difference, shift)), inverseDeterminant);
        return high(lShr(quotient, exponent + inverseExponent - (format + 15)));
    }

    private void candidates(int bestPitch, int bestCode, int predicted) {
        int[] coefficients = GainTables.PRESELECT;
        int pitch = lMult(coefficients[0], bestPitch);
        int code = high(lAdd(pitch, GainTables.PRESELECT_LONG[3] >> 15));
        int x = lSub(lShl(bestCode, 7), lMult(code, predicted));
        x = lMult(high(lShl(x, 2)), INVERSE);
        code = mult(high(lSub(pitch, GainTables.PRESELECT_LONG[1] >> 10)), predicted);
        int y = lSub(lMult(code, coefficients[2]), lMult(coefficients[0], bestCode) >> 3);
        y = lMult(high(lShl(y, 2)), INVERSE);
        firstCandidate = above(y, GainTables.FIRST_THRESHOLD, predicted, 3, FIRST_ROWS - FIRST_CANDIDATES);
        secondCandidate = above(x, GainTables.SECOND_THRESHOLD, predicted, 5, SECOND_ROWS - SECOND_CANDIDATES);
    }

    private static int above(int value, int[] thresholds, int predicted, int shift, int end) {
        int i = 0;
        while (i < end) {
            int difference = lSub(value, lMult(thresholds[i], predicted) >> shift);
            if (predicted > 0 ? difference <= 0 : difference >= 0) {
                break;
            }
            i++;
        }
        return i;
    }
}
