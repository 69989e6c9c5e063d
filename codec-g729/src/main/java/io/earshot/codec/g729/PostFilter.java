package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lSub;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.sub;

import java.util.Arrays;

/** The adaptive post-filter of Annex A, §A.4.2: long-term, short-term and tilt filters on the weighted residual, then gain control. */
final class PostFilter implements SpeechFilter {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int LONGEST_LAG = AdaptiveCodebook.LONGEST_LAG;
    private static final int ORDER = Lsp.ORDER;
    /** 0.55 and 0.70, Q15. */
    private static final int NUMERATOR_GAMMA = 18022;
    private static final int DENOMINATOR_GAMMA = 22938;
    /** 0.8, Q15. */
    private static final int TILT = 26214;
    private static final int IMPULSE = 22;
    private static final int PAST = LONGEST_LAG;

    private final int[] numerator = new int[Lsp.COEFFICIENTS];
    private final int[] denominator = new int[Lsp.COEFFICIENTS];
    private final int[] residual = new int[PAST + SUBFRAME];
    private final int[] scaled = new int[PAST + SUBFRAME];
    private final int[] shaped = new int[SUBFRAME];
    private final int[] impulse = new int[IMPULSE];
    private final SynthesisFilter impulseFilter = new SynthesisFilter();
    private final SynthesisFilter synthesis = new SynthesisFilter();
    private final GainControl gain = new GainControl();
    private int lastShaped;

    @Override
    public void reset() {
        Arrays.fill(residual, 0);
        Arrays.fill(scaled, 0);
        synthesis.reset();
        gain.reset();
        lastShaped = 0;
    }

    @Override
    public int filter(int[] filters, int filterAt, int[] speech, int speechAt, int lag, int[] out, int outAt) {
        Filters.weight(filters, filterAt, NUMERATOR_GAMMA, numerator, 0);
        Filters.weight(filters, filterAt, DENOMINATOR_GAMMA, denominator, 0);
        Filters.residual(numerator, 0, speech, speechAt, residual, PAST, SUBFRAME);
        for (int i = 0; i < SUBFRAME; i++) {
            scaled[PAST + i] = residual[PAST + i] >> 2;
        }
        if (lag > 0) {
            longTerm(Math.min(lag - 3, LONGEST_LAG - 6));
        } else {
            System.arraycopy(residual, PAST, shaped, 0, SUBFRAME);
        }
        compensateTilt(tilt());
        synthesis.run(denominator, 0, shaped, 0, out, outAt, SUBFRAME);
        synthesis.commit();
        gain.control(speech, speechAt, out, outAt);
        System.arraycopy(residual, SUBFRAME, residual, 0, PAST);
        System.arraycopy(scaled, SUBFRAME, scaled, 0, PAST);
        return 0;
    }

    private void longTerm(int shortest) {
        int best = FixedMath.MIN_32;
        int lag = shortest;
        for (int i = shortest; i <= shortest + 6; i++) {
            int correlation = dot(0, scaled, PAST, scaled, PAST - i, SUBFRAME);
            if (correlation > best) {
                best = correlation;
                lag = i;
            }
        }
        int energyPast = dot(1, scaled, PAST - lag, scaled, PAST - lag, SUBFRAME);
        int energy = dot(1, scaled, PAST, scaled, PAST, SUBFRAME);
        best = Math.max(best, 0);
        int shift = lNorm(Math.max(best, Math.max(energy, energyPast)));
        int correlation = round(lShl(best, shift));
        int now = round(lShl(energy, shift));
        int past = round(lShl(energyPast, shift));
        if (lSub(lMult(correlation, correlation), lMult(now, past) >> 1) < 0) {
            System.arraycopy(residual, PAST, shaped, 0, SUBFRAME);
            return;
        }
        int gainPast = 10923;
        int gainNow = 21845;
        if (correlation <= past) {
            int half = mult(correlation, 16384) >> 1;
            int sum = add(half, past >> 1);
            gainPast = sum > 0 ? div(half, sum) : 0;
            gainNow = 32767 - gainPast;
        }
        for (int i = 0; i < SUBFRAME; i++) {
            shaped[i] = add(mult(gainNow, residual[PAST + i]), mult(gainPast, residual[PAST + i - lag]));
        }
    }

    /** Returns the tilt of the short-term filter's impulse response, Q15. */
    private int tilt() {
        System.arraycopy(numerator, 0, impulse, 0, Lsp.COEFFICIENTS);
        Arrays.fill(impulse, ORDER + 1, IMPULSE, 0);
        impulseFilter.run(denominator, 0, impulse, 0, impulse, 0, IMPULSE);
        int energy = high(dot(0, impulse, 0, impulse, 0, IMPULSE));
        int first = high(dot(0, impulse, 0, impulse, 1, IMPULSE - 1));
        return first <= 0 ? 0 : div(mult(first, TILT), energy);
    }

    private void compensateTilt(int tilt) {
        int last = shaped[SUBFRAME - 1];
        for (int i = SUBFRAME - 1; i > 0; i--) {
            shaped[i] = sub(shaped[i], mult(tilt, shaped[i - 1]));
        }
        shaped[0] = sub(shaped[0], mult(tilt, lastShaped));
        lastShaped = last;
    }
}
