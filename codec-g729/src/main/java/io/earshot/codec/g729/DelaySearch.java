package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.compose;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShr;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.mul32x16;

/**
 * Finds the delay, in eighths of a sample, at which a subframe resembles its past most: §4.2.1. First the best of three whole delays, then
 * the best eighth on either side of it. Correlations and energies are words with a shift each; the signal has at most 13 bits.
 */
final class DelaySearch {
    /** Samples of the past that the longest delay needs. */
    static final int PAST = AdaptiveCodebook.LONGEST_LAG + 1 + DelayTables.LONG_TAPS / 2;

    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int PHASES = 8;
    /** An eighth is computed for a sample more than a subframe, as it serves the whole delays on either side. */
    private static final int ROW = SUBFRAME + 1;

    private final int[] rows = new int[(PHASES - 1) * ROW];
    /** Energies of the delays one longer than the whole delay, less the eighths. */
    private final int[] longer = new int[PHASES - 1];
    /** Energies of the whole delay less the eighths. */
    private final int[] shorter = new int[PHASES - 1];
    private int whole;
    private int wholeCorrelation;
    private int signalEnergy;
    private int signalShift;
    private int square;
    private int offset;

    /** The delay found, rounded up to whole samples. */
    int delay;
    /** The eighths of a sample that {@link #delay} is too long. */
    int phase;
    int correlation;
    int energy;
    int correlationShift;
    int energyShift;

    /** Looks around {@code lag}; returns whether a delay is worth using. The subframe begins at {@link #PAST}. */
    boolean search(int[] signal, int lag) {
        int acc = dot(0, signal, PAST, signal, PAST, SUBFRAME);
        if (acc == 0) {
            return false;
        }
        signalShift = Math.max(0, 16 - lNorm(acc));
        signalEnergy = low(acc >> signalShift);
        int wholeEnergy = findWhole(signal, lag);
        if (wholeEnergy == 0) {
            return false;
        }
        energyShift = 16 - lNorm(interpolate(signal, wholeEnergy));
        if (energyShift <= 0) {
            return false;
        }
        correlationShift = Math.max(energyShift, signalShift);
        findPhase(signal, wholeEnergy);
        return correlation != 0 && energy > 1 && resembles();
    }

    /** Where the short filter's version of the signal delayed lies in {@link #rows}. */
    int row() {
        return (phase - 1) * ROW + offset;
    }

    int[] rows() {
        return rows;
    }

    /** Chooses the whole delay; returns its energy, or 0 if none resembles. */
    private int findWhole(int[] signal, int lag) {
        wholeCorrelation = 0;
        for (int i = lag - 1; i <= lag + 1; i++) {
            int acc = dot(0, signal, PAST, signal, PAST - i, SUBFRAME);
            if (acc > wholeCorrelation) {
                wholeCorrelation = acc;
                whole = i;
            }
        }
        return wholeCorrelation == 0 ? 0 : dot(0, signal, PAST - whole, signal, PAST - whole, SUBFRAME);
    }

    /** Computes the signal at all eighths and its energies; returns the largest that counts. */
    private int interpolate(int[] signal, int wholeEnergy) {
        int largest = wholeEnergy;
        for (int p = 0; p < PHASES - 1; p++) {
            int row = p * ROW;
            int taps = p * DelayTables.SHORT_TAPS;
            for (int n = 0, at = PAST - whole + 1; n < ROW; n++, at++) {
                int sum = 0;
                for (int i = 0; i < DelayTables.SHORT_TAPS; i++) {
                    sum += DelayTables.SHORT[taps + i] * signal[at - i];
                }
                rows[row + n] = (sum << 1) + 0x8000 >> 16;
            }
            int common = dot(0, rows, row + 1, rows, row + 1, SUBFRAME - 1);
            int first = rows[row];
            int last = rows[row + SUBFRAME];
            longer[p] = lMac(common, first, first);
            shorter[p] = lMac(common, last, last);
            largest = Math.max(largest, Math.abs(first) > Math.abs(last) ? longer[p] : shorter[p]);
        }
        return largest;
    }

    private void findPhase(int[] signal, int wholeEnergy) {
        energy = low(lShr(wholeEnergy, energyShift));
        correlation = low(lShr(wholeCorrelation, correlationShift));
        square = lMult(correlation, correlation);
        phase = 0;
        offset = 1;
        for (int p = 0; p < PHASES - 1; p++) {
            compare(signal, p, 0, longer[p]);
            compare(signal, p, 1, shorter[p]);
        }
        delay = whole + 1 - offset;
    }

    /** Takes an eighth if its squared correlation by its energy is above the best. */
    private void compare(int[] signal, int p, int from, int itsEnergy) {
        int acc = lShr(dot(0, signal, PAST, rows, p * ROW + from, SUBFRAME), correlationShift);
        int itsCorrelation = acc < 0 ? 0 : low(acc);
        int itsSquare = lMult(itsCorrelation, itsCorrelation);
        int word = low(lShr(itsEnergy, energyShift));
        if (mul32x16(high(itsSquare), fraction(itsSquare), energy) > mul32x16(high(square), fraction(square), word)) {
            correlation = itsCorrelation;
            square = itsSquare;
            energy = word;
            offset = from;
            phase = p + 1;
        }
    }

    /** Tells whether the prediction takes away half of the energy. */
    private boolean resembles() {
        int gained = compose(high(square), fraction(square));
        int needed = lMult(energy, signalEnergy);
        int shift = 2 * correlationShift - energyShift - signalShift + 1;
        return lShr(gained, Math.max(0, -shift)) >= lShr(needed, Math.max(0, shift));
    }
}
