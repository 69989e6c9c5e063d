package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.abs;
import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.multRound;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.saturate;
import static io.earshot.codec.g729.FixedMath.shr;

import java.util.Arrays;

/** The adaptive post-filter of G.729 itself, §4.2: long-term, short-term and tilt filters, then gain control. */
final class FullPostFilter implements SpeechFilter {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int ORDER = Lsp.ORDER;
    /** 0.55 and 0.70, Q15. */
    private static final int NUMERATOR_GAMMA = 18022;
    private static final int DENOMINATOR_GAMMA = 22938;
    /** 0.9 where the tilt falls, 0.2 where it rises, Q15. */
    private static final int FALLING = 29491;
    private static final int RISING = 6554;
    private static final int IMPULSE = 20;
    /** 1.0 of a sum of magnitudes. */
    private static final int UNITY = 1024;
    /** 0.9875 and the rest, Q15. */
    private static final int KEEP = 32358;
    private static final int TAKE = 32768 - KEEP;
    /** 1.0, Q14. */
    private static final int GAIN = 16384;

    private final LongTermFilter longTerm = new LongTermFilter();
    private final int[] numerator = new int[Lsp.COEFFICIENTS];
    private final int[] denominator = new int[Lsp.COEFFICIENTS];
    private final int[] impulse = new int[IMPULSE];
    private final int[] shaped = new int[SUBFRAME];
    private final SynthesisFilter impulseFilter = new SynthesisFilter();
    private final SynthesisFilter synthesis = new SynthesisFilter();
    private int gain = GAIN;

    @Override
    public void reset() {
        longTerm.reset();
        synthesis.reset();
        gain = GAIN;
    }

    @Override
    public int filter(int[] filters, int filterAt, int[] speech, int speechAt, int lag, int[] out, int outAt) {
        Filters.weight(filters, filterAt, NUMERATOR_GAMMA, numerator, 0);
        Filters.weight(filters, filterAt, DENOMINATOR_GAMMA, denominator, 0);
        Filters.residual(numerator, 0, speech, speechAt, longTerm.residual, LongTermFilter.PAST, SUBFRAME);
        int delay = longTerm.filter(lag, shaped);
        longTerm.advance();
        int before = synthesis.memory()[ORDER - 1];
        int tilt = shape();
        synthesis.run(denominator, 0, shaped, 0, shaped, 0, SUBFRAME);
        synthesis.commit();
        compensateTilt(tilt, before, out, outAt);
        controlGain(speech, speechAt, out, outAt);
        return delay;
    }

    /** Takes the short-term filter's gain off its input; returns the first reflection coefficient of its impulse response. */
    private int shape() {
        System.arraycopy(numerator, 0, impulse, 0, Lsp.COEFFICIENTS);
        Arrays.fill(impulse, Lsp.COEFFICIENTS, IMPULSE, 0);
        impulseFilter.run(denominator, 0, impulse, 0, impulse, 0, IMPULSE);
        int sum = 0;
        for (int sample : impulse) {
            sum += abs(sample);
        }
        int most = high(lShl(sum, 14));
        if (most > UNITY) {
            int factor = div(UNITY, most);
            for (int i = 0; i < SUBFRAME; i++) {
                shaped[i] = multRound(shaped[i], factor);
            }
        }
        return reflection();
    }

    private int reflection() {
        int energy = dot(0, impulse, 0, impulse, 0, IMPULSE);
        int shift = lNorm(energy);
        int first = high(lShl(dot(0, impulse, 0, impulse, 1, IMPULSE - 1), shift));
        int zeroth = high(lShl(energy, shift));
        if (zeroth < abs(first)) {
            return 0;
        }
        int quotient = div(abs(first), zeroth);
        return first > 0 ? -quotient : quotient;
    }

    private void compensateTilt(int reflection, int before, int[] out, int outAt) {
        int tilt = multRound(reflection, reflection > 0 ? RISING : FALLING);
        int shift = reflection > 0 ? 15 : 12;
        int half = 1 << shift - 1;
        int factor = div(half, add(32767, 1 - abs(tilt)));
        int past = before;
        for (int i = 0; i < SUBFRAME; i++) {
            int sum = lAdd(lMac(shaped[i] << 15, tilt >> 1, past), 0x4000);
            out[outAt + i] = saturate(lAdd(lMult(low(sum >> 15), factor), half) >> shift);
            past = shaped[i];
        }
    }

    private void controlGain(int[] reference, int referenceAt, int[] out, int outAt) {
        int in = magnitude(reference, referenceAt);
        int target = 0;
        if (in != 0) {
            int made = magnitude(out, outAt);
            if (made == 0) {
                gain = 0;
                return;
            }
            target = multRound(ratio(in, made), TAKE);
        }
        for (int i = 0; i < SUBFRAME; i++) {
            gain = add(multRound(KEEP, gain), target);
            out[outAt + i] = round(lShl(lMult(gain, out[outAt + i]), 1));
        }
    }

    /** Returns a/b, Q14. */
    private static int ratio(int a, int b) {
        int shiftA = lNorm(a);
        int shiftB = lNorm(b);
        int top = high(a << shiftA);
        int bottom = high(b << shiftB);
        int shift = shiftA - shiftB;
        if (top < bottom) {
            return shr(div(top, bottom), shift + 1);
        }
        return shr((div(top - bottom, bottom) >> 1) + 0x4000, shift);
    }

    private static int magnitude(int[] signal, int at) {
        int sum = 0;
        for (int i = 0; i < SUBFRAME; i++) {
            sum += Math.abs(signal[at + i]);
        }
        return sum;
    }
}
