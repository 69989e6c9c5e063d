package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.dotOverflows;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lSub;
import static io.earshot.codec.g729.FixedMath.multRound;
import static io.earshot.codec.g729.FixedMath.negate;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.sub;

import java.util.Arrays;

/** Spectrum of the background noise, now and over the last frames, and whether it changed: Annex B §B.4.1.3 and §B.4.2.1. */
final class NoiseStatistics {
    private static final int LAGS = Lsp.COEFFICIENTS;
    private static final int CURRENT = 2;
    private static final int PAST = 3;
    private static final int UNKNOWN_SHIFT = 40;

    private final Levinson levinson;
    /** Autocorrelations of the last frames, and sums of two frames of before; newest first. */
    private final int[] frames = new int[CURRENT * LAGS];
    private final int[] frameShifts = new int[CURRENT];
    private final int[] sums = new int[PAST * LAGS];
    private final int[] sumShifts = new int[PAST];
    private final int[] wide = new int[LAGS];
    private final int[] zero = new int[LAGS];
    private final int[] total = new int[LAGS];
    private final int[] current = new int[LAGS];
    private final int[] currentFilter = new int[LAGS];
    private final int[] pastFilter = new int[LAGS];
    private final int[] reference = new int[LAGS];
    private final int[] scaledReference = new int[LAGS];
    private final int[] scaledCurrent = new int[LAGS];
    private int currentShift;
    private int referenceShift;
    private int count;

    NoiseStatistics(Levinson levinson) {
        this.levinson = levinson;
        Arrays.fill(frameShifts, UNKNOWN_SHIFT);
        Arrays.fill(sumShifts, UNKNOWN_SHIFT);
    }

    /** Takes a frame's autocorrelation. */
    void add(int[] autocorrelation, int exponent, boolean speech) {
        System.arraycopy(frames, 0, frames, LAGS, (CURRENT - 1) * LAGS);
        System.arraycopy(frameShifts, 0, frameShifts, 1, CURRENT - 1);
        System.arraycopy(autocorrelation, 0, frames, 0, LAGS);
        frameShifts[0] = negate(16 + exponent);
        count++;
        if (count == CURRENT) {
            count = 0;
            if (speech) {
                remember();
            }
        }
    }

    /** Ends a frame without speech. */
    void endFrame() {
        if (count == 0) {
            remember();
        }
    }

    private void remember() {
        System.arraycopy(sums, 0, sums, LAGS, (PAST - 1) * LAGS);
        System.arraycopy(sumShifts, 0, sumShifts, 1, PAST - 1);
        sumShifts[0] = sum(frames, frameShifts, CURRENT, sums);
    }

    /** Computes the present filter; returns the energy that it leaves, {@code before} where it is unstable. */
    int current(int before) {
        currentShift = sum(frames, frameShifts, CURRENT, current);
        if (current[0] == 0) {
            Arrays.fill(currentFilter, 0);
            return 0;
        }
        levinson.solve(current, zero, currentFilter);
        return levinson.isStable() ? levinson.energy() : before;
    }

    /** Returns the exponent of the energy. */
    int currentShift() {
        return currentShift;
    }

    /** Tells whether the present spectrum differs from that of the last SID frame. */
    boolean differs(int energy, int threshold) {
        int downReference = 0;
        int downCurrent = 0;
        boolean next = true;
        scale(downReference, downCurrent);
        while (dotOverflows(scaledReference[0] * scaledCurrent[0], scaledReference, 1, scaledCurrent, 1, LAGS - 1)) {
            if (next) {
                downCurrent++;
            } else {
                downReference++;
            }
            next = !next;
            scale(downReference, downCurrent);
        }
        int distance = dot(scaledReference[0] * scaledCurrent[0], scaledReference, 1, scaledCurrent, 1, LAGS - 1);
        int limit = lShl(multRound(energy, threshold) + energy, referenceShift + 9 - downReference - downCurrent);
        return lSub(distance, limit) > 0;
    }

    private void scale(int downReference, int downCurrent) {
        for (int i = 0; i < LAGS; i++) {
            scaledReference[i] = reference[i] >> downReference;
            scaledCurrent[i] = current[i] >> downCurrent;
        }
    }

    /** Returns the filter to send: that of the last frames, unless the present one is too different. Later frames are compared with it. */
    int[] describe(int energy, int threshold) {
        sum(sums, sumShifts, PAST, total);
        if (total[0] == 0) {
            Arrays.fill(pastFilter, 0);
            pastFilter[0] = 4096;
        } else {
            levinson.solve(total, zero, pastFilter);
        }
        refer(pastFilter);
        if (!differs(energy, threshold)) {
            return pastFilter;
        }
        refer(currentFilter);
        return currentFilter;
    }

    private void refer(int[] filter) {
        int energy = dot(0, filter, 0, filter, 0, LAGS);
        referenceShift = lNorm(energy);
        reference[0] = round(lShl(energy, referenceShift));
        for (int lag = 1; lag < LAGS; lag++) {
            reference[lag] = round(lShl(dot(0, filter, 0, filter, lag, LAGS - lag), referenceShift));
        }
    }

    /** Adds autocorrelations of different exponents into the first of {@code result}; returns the sum's exponent. */
    private int sum(int[] from, int[] shifts, int items, int[] result) {
        int least = shifts[0];
        for (int i = 1; i < items; i++) {
            least = Math.min(least, shifts[i]);
        }
        int common = FixedMath.add(least, 14);
        Arrays.fill(wide, 0);
        for (int i = 0; i < items; i++) {
            for (int lag = 0; lag < LAGS; lag++) {
                wide[lag] = lAdd(wide[lag], lShl(from[i * LAGS + lag], sub(common, shifts[i])));
            }
        }
        int norm = lNorm(wide[0]);
        for (int lag = 0; lag < LAGS; lag++) {
            result[lag] = high(lShl(wide[lag], norm));
        }
        return FixedMath.add(common, norm - 16);
    }
}
