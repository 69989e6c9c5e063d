package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.dot;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.inverseSquareRoot;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lShr;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.round;

/** Gives post-filtered speech the energy of the unfiltered: §A.4.2.4. */
final class GainControl {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    /** 0.9 and 0.1, Q15. */
    private static final int KEEP = 29491;
    private static final int TAKE = 32767 - KEEP;
    /** 1.0, Q12. */
    private static final int UNITY = 4096;

    private final int[] work = new int[SUBFRAME];
    private int past = UNITY;

    void reset() {
        past = UNITY;
    }

    /** Scales the subframe {@code out} in place. */
    void control(int[] reference, int referenceAt, int[] out, int outAt) {
        int energyOut = energy(out, outAt);
        if (energyOut == 0) {
            past = 0;
            return;
        }
        int target = 0;
        int energyIn = energy(reference, referenceAt);
        if (energyIn != 0) {
            int shiftOut = lNorm(energyOut) - 1;
            int shiftIn = lNorm(energyIn);
            int ratio = div(round(lShl(energyOut, shiftOut)), round(lShl(energyIn, shiftIn)));
            int scaled = lShr(lShl(ratio, 7), shiftOut - shiftIn);
            target = mult(round(lShl(inverseSquareRoot(scaled), 9)), TAKE);
        }
        int gain = past;
        for (int i = 0; i < SUBFRAME; i++) {
            gain = add(mult(gain, KEEP), target);
            out[outAt + i] = high(lShl(lMult(out[outAt + i], gain), 3));
        }
        past = gain;
    }

    private int energy(int[] signal, int at) {
        for (int i = 0; i < SUBFRAME; i++) {
            work[i] = signal[at + i] >> 2;
        }
        return dot(0, work, 0, work, 0, SUBFRAME);
    }
}
