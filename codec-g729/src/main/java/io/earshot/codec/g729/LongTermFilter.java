package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.abs;
import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShr;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.norm;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.shl;
import static io.earshot.codec.g729.FixedMath.shr;

import java.util.Arrays;

/** The long-term post-filter of G.729 itself, §4.2.1: adds to the residual what it was a pitch period ago. */
final class LongTermFilter {
    static final int PAST = DelaySearch.PAST;

    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    /** 2/3, Q15: the least that is left of the residual itself. */
    private static final int LEAST_OWN = 21845;

    /** The residual: the subframe from {@link #PAST} on, and its past. */
    final int[] residual = new int[PAST + SUBFRAME];

    private final int[] scaled = new int[PAST + SUBFRAME];
    private final int[] precise = new int[SUBFRAME];
    private final DelaySearch search = new DelaySearch();
    private int correlation;
    private int energy;
    private int correlationShift;
    private int energyShift;

    void reset() {
        Arrays.fill(residual, 0);
    }

    /** Makes room for the next subframe's residual. */
    void advance() {
        System.arraycopy(residual, SUBFRAME, residual, 0, PAST);
    }

    /** Filters the subframe; returns the delay used, or 0 if the subframe is left as it is. */
    int filter(int lag, int[] out) {
        int shift = lag == 0 ? 0 : scale();
        if (lag == 0 || !search.search(scaled, lag)) {
            System.arraycopy(residual, PAST, out, 0, SUBFRAME);
            return 0;
        }
        correlation = search.correlation;
        energy = search.energy;
        correlationShift = search.correlationShift;
        energyShift = search.energyShift;
        if (search.phase == 0) {
            mix(residual, PAST - search.delay, out);
        } else {
            chooseFilter(shift);
            mix(precise, 0, out);
        }
        return search.delay;
    }

    /** Brings the residual to 13 bits; returns by how much it was shifted to the right. */
    private int scale() {
        int bits = 0;
        for (int sample : residual) {
            bits |= abs(sample);
        }
        int shift = 3 - norm(bits);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = shr(residual[i], shift);
        }
        return shift;
    }

    /** Delays by the long filter, and keeps the short filter's version where that predicts better. */
    private void chooseFilter(int shift) {
        int taps = (search.phase - 1) * DelayTables.LONG_TAPS;
        for (int n = 0, at = PAST + DelayTables.LONG_TAPS / 2 - search.delay; n < SUBFRAME; n++, at++) {
            int sum = 0;
            for (int i = 0; i < DelayTables.LONG_TAPS; i++) {
                // A delay of 146, which only damaged frames have, wants a sample more than there is.
                sum += DelayTables.LONG[taps + i] * scaled[Math.max(0, at - i)];
            }
            precise[n] = (sum << 1) + 0x8000 >> 16;
        }
        int product = Math.max(0, dot(0, precise, 0, scaled, PAST, SUBFRAME));
        int preciseShift = product == 0 ? 0 : Math.max(0, 16 - lNorm(product));
        int own = dot(0, precise, 0, precise, 0, SUBFRAME);
        int ownShift = Math.max(0, 16 - lNorm(own));
        if (isBetter(low(lShr(product, preciseShift)), low(lShr(own, ownShift)), preciseShift, ownShift)) {
            correlation = low(lShr(product, preciseShift));
            correlationShift = preciseShift;
            energy = low(lShr(own, ownShift));
            energyShift = ownShift;
        } else {
            System.arraycopy(search.rows(), search.row(), precise, 0, SUBFRAME);
        }
        for (int n = 0; n < SUBFRAME; n++) {
            precise[n] = shl(precise[n], shift);
        }
    }

    /** Tells whether the square of this correlation by this energy is above that of the search. */
    private boolean isBetter(int itsCorrelation, int itsEnergy, int itsCorrelationShift, int itsEnergyShift) {
        if (itsEnergy == 0) {
            return false;
        }
        int square = lMult(correlation, correlation);
        int itsSquare = lMult(itsCorrelation, itsCorrelation);
        int shift = 2 * (itsCorrelationShift - correlationShift) + energyShift - itsEnergyShift;
        int best = mul32x16(high(square), fraction(square), itsEnergy) >> Math.min(31, Math.max(0, shift));
        return mul32x16(high(itsSquare), fraction(itsSquare), energy) >> Math.min(31, Math.max(0, -shift)) > best;
    }

    private void mix(int[] delayed, int at, int[] out) {
        int own = ownShare();
        int past = 32768 - own;
        for (int n = 0; n < SUBFRAME; n++) {
            out[n] = round(lMac(lMult(own, residual[PAST + n]), past, delayed[at + n]));
        }
    }

    private int ownShare() {
        int shift = correlationShift - energyShift;
        int bottom = shift >= 0 ? shr(energy, shift) : energy;
        int top = shift >= 0 ? correlation : shr(correlation, -shift);
        if (top >= bottom) {
            return LEAST_OWN;
        }
        return div(bottom >> 1, (bottom >> 1) + (top >> 2));
    }
}
