package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_32;
import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.inverseSquareRoot;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.mul32;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.shl;

/** Rough pitch lag of a frame of weighted speech from every second sample, Annex A §A.3.4. */
final class OpenLoopPitch {
    private static final int LONGEST = AdaptiveCodebook.LONGEST_LAG;
    private static final int FRAME = 2 * AdaptiveCodebook.SUBFRAME;
    private static final int TERMS = FRAME / 2;
    private static final int LOUD_ENOUGH = 1_048_576;

    /** Samples apart by two, so that sums run over neighbours: those at an even, and those at an odd distance from the first. */
    private final int[] even = new int[(LONGEST + FRAME) / 2 + 1];
    private final int[] odd = new int[(LONGEST + FRAME) / 2 + 1];
    private boolean saturates;
    private int best;
    private int lag;

    /** Returns the lag, 20 to 143; {@code weighted} holds 143 past samples and the frame. */
    int find(int[] weighted) {
        scale(weighted);
        search(20, 40, 1);
        int shortLag = lag;
        int shortScore = score();
        search(40, 80, 1);
        int middleLag = lag;
        int middleScore = score();
        search(80, LONGEST, 2);
        int coarse = lag;
        consider(coarse + 1);
        consider(coarse - 1);
        int longLag = lag;
        int longScore = score();
        if (Math.abs(2 * middleLag - longLag) < 5) {
            middleScore = add(middleScore, longScore >> 2);
        }
        if (Math.abs(3 * middleLag - longLag) < 7) {
            middleScore = add(middleScore, longScore >> 2);
        }
        if (Math.abs(2 * shortLag - middleLag) < 5) {
            shortScore = add(shortScore, mult(middleScore, 6554));
        }
        if (Math.abs(3 * shortLag - middleLag) < 7) {
            shortScore = add(shortScore, mult(middleScore, 6554));
        }
        int chosen = shortLag;
        int chosenScore = shortScore;
        if (chosenScore < middleScore) {
            chosenScore = middleScore;
            chosen = middleLag;
        }
        return chosenScore < longScore ? longLag : chosen;
    }

    private void scale(int[] weighted) {
        long energy = 0;
        for (int i = 0; i < LONGEST + FRAME; i += 2) {
            energy += (long) weighted[i] * weighted[i] * 2;
        }
        int up = energy > MAX_32 ? -3 : energy < LOUD_ENOUGH ? 3 : 0;
        for (int i = 0; i < LONGEST + FRAME; i++) {
            int sample = shl(weighted[i], up);
            if ((i & 1) == 0) {
                even[i >> 1] = sample;
            } else {
                odd[i >> 1] = sample;
            }
        }
        saturates = Math.max(energy(even), energy(odd)) >= MAX_32 / 2;
    }

    private static long energy(int[] samples) {
        long sum = 0;
        for (int sample : samples) {
            sum += (long) sample * sample;
        }
        return sum;
    }

    private void search(int from, int end, int step) {
        best = FixedMath.MIN_32;
        lag = from;
        for (int i = from; i < end; i += step) {
            consider(i);
        }
    }

    private void consider(int candidate) {
        int first = LONGEST - candidate;
        int correlation = dot(0, odd, LONGEST >> 1, (first & 1) == 0 ? even : odd, first >> 1);
        if (correlation > best) {
            best = correlation;
            lag = candidate;
        }
    }

    /** Returns the best correlation over the square root of the past's energy. */
    private int score() {
        int first = LONGEST - lag;
        int[] past = (first & 1) == 0 ? even : odd;
        int inverse = inverseSquareRoot(dot(1, past, first >> 1, past, first >> 1));
        return low(mul32(high(best), fraction(best), high(inverse), fraction(inverse)));
    }

    private int dot(int start, int[] a, int atA, int[] b, int atB) {
        int sum = 0;
        if (saturates) {
            sum = start;
            for (int i = 0; i < TERMS; i++) {
                sum = lMac(sum, a[atA + i], b[atB + i]);
            }
            return sum;
        }
        for (int i = 0; i < TERMS; i++) {
            sum += a[atA + i] * b[atB + i];
        }
        return start + 2 * sum;
    }
}
