package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.dotOverflows;
import static io.earshot.codec.g729.FixedMath.lAbs;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.shr;

/** Fine pitch lag and gain of a subframe, Annex A §A.3.7. */
final class ClosedLoopPitch {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int MOST_GAIN = 19661;
    /** Lags beyond this have no thirds in the first subframe. */
    private static final int LONGEST_FRACTIONAL = 84;

    private final int[] backward = new int[SUBFRAME];
    private final int[] sums = new int[SUBFRAME];
    private final int[] kept = new int[SUBFRAME];
    private final int[] scaled = new int[SUBFRAME];
    private int lag;
    private int third;

    /** Mantissa of the filtered vector's energy and of its correlation with the target, and their exponents. */
    private int energy;
    private int energyExponent;
    private int correlation;
    private int correlationExponent;

    int lag() {
        return lag;
    }

    int third() {
        return third;
    }

    int energy() {
        return energy;
    }

    int energyExponent() {
        return energyExponent;
    }

    int correlation() {
        return correlation;
    }

    int correlationExponent() {
        return correlationExponent;
    }

    /** Searches the whole lags from {@code shortest} to {@code longest}, then their thirds; leaves the code vector at {@code at}. */
    void search(int[] excitation, int at, int[] target, int[] impulse, int shortest, int longest, boolean first) {
        correlateBackward(impulse, target, backward, sums);
        int best = FixedMath.MIN_32;
        lag = shortest;
        boolean plain = fits(magnitude(backward, 0, SUBFRAME), largest(excitation, at - longest, longest - shortest + SUBFRAME));
        for (int candidate = shortest; candidate <= longest; candidate++) {
            int sum = plain ? plainDot(backward, 0, excitation, at - candidate, SUBFRAME)
                : dot(0, backward, 0, excitation, at - candidate, SUBFRAME);
            if (sum > best) {
                best = sum;
                lag = candidate;
            }
        }
        AdaptiveCodebook.predict(excitation, at, lag, 0);
        third = 0;
        if (first && lag > LONGEST_FRACTIONAL) {
            return;
        }
        best = dot(0, excitation, at, backward, 0, SUBFRAME);
        System.arraycopy(excitation, at, kept, 0, SUBFRAME);
        for (int candidate = -1; candidate <= 1; candidate += 2) {
            AdaptiveCodebook.predict(excitation, at, lag, candidate);
            int sum = dot(0, excitation, at, backward, 0, SUBFRAME);
            if (sum > best) {
                best = sum;
                third = candidate;
                System.arraycopy(excitation, at, kept, 0, SUBFRAME);
            }
        }
        System.arraycopy(kept, 0, excitation, at, SUBFRAME);
    }

    /** Correlates the target with the impulse response from every position on, scaled to 13 bits and sign. */
    static void correlateBackward(int[] impulse, int[] target, int[] result, int[] sums) {
        int largest = 0;
        boolean plain = fits(magnitude(impulse, 0, SUBFRAME), largest(target, 0, SUBFRAME));
        for (int i = 0; i < SUBFRAME; i++) {
            sums[i] = plain ? plainDot(target, i, impulse, 0, SUBFRAME - i) : dot(0, target, i, impulse, 0, SUBFRAME - i);
            largest = Math.max(largest, lAbs(sums[i]));
        }
        int shift = 18 - Math.min(lNorm(largest), 16);
        for (int i = 0; i < SUBFRAME; i++) {
            result[i] = low(sums[i] >> shift);
        }
    }

    private static int magnitude(int[] samples, int from, int count) {
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += Math.abs(samples[i]);
        }
        return sum;
    }

    private static int largest(int[] samples, int from, int count) {
        int bits = 0;
        for (int i = from; i < from + count; i++) {
            bits |= samples[i] ^ samples[i] >> 31;
        }
        return bits + 1;
    }

    /** Tells whether no sum of products of samples with such a sum and such a largest one can leave an accumulator. */
    private static boolean fits(int magnitude, int largest) {
        return (long) magnitude * largest < 1 << 30;
    }

    private static int plainDot(int[] a, int atA, int[] b, int atB, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[atA + i] * b[atB + i];
        }
        return sum << 1;
    }

    /** Returns the gain of the filtered code vector that is nearest to the target, Q14. */
    int gain(int[] target, int[] filtered) {
        for (int i = 0; i < SUBFRAME; i++) {
            scaled[i] = filtered[i] >> 2;
        }
        boolean loud = dotOverflows(1, filtered, 0, filtered, 0, SUBFRAME);
        int sum = loud ? dot(1, scaled, 0, scaled, 0, SUBFRAME) : dot(1, filtered, 0, filtered, 0, SUBFRAME);
        int shift = lNorm(sum);
        energy = round(lShl(sum, shift));
        int energyShift = loud ? shift - 4 : shift;
        energyExponent = 15 - energyShift;

        loud = dotOverflows(0, target, 0, filtered, 0, SUBFRAME);
        sum = dot(0, target, 0, loud ? scaled : filtered, 0, SUBFRAME);
        shift = lNorm(sum);
        correlation = round(lShl(sum, shift));
        int correlationShift = loud ? shift - 2 : shift;
        correlationExponent = 15 - correlationShift;
        if (correlation <= 0) {
            correlationExponent = -15;
            return 0;
        }
        int gain = shr(div(correlation >> 1, energy), correlationShift - energyShift);
        return Math.min(gain, MOST_GAIN);
    }
}
