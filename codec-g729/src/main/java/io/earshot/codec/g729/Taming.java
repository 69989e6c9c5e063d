package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.mul32x16;

/** Watches how large an error of a decoder could have grown through the pitch filter, so that the encoder keeps it bounded, §3.10. */
final class Taming {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int REACH = 10;
    private static final int ZONES = 4;
    /** 60000, Q14. */
    private static final int THRESHOLD = 983_040_000;
    /** 1.0, Q14. */
    private static final int UNITY = 0x4000;

    /** Largest error in each stretch of 40 past samples, newest first, Q14. */
    private final int[] errors = {UNITY, UNITY, UNITY, UNITY};

    /** Tells whether a pitch gain of one would be dangerous at this lag. */
    boolean isNeeded(int lag, int third) {
        int longest = third > 0 ? lag + 1 : lag;
        int worst = -1;
        for (int zone = zone(longest - SUBFRAME - REACH); zone <= zone(longest + REACH - 2); zone++) {
            worst = Math.max(worst, errors[zone]);
        }
        return worst > THRESHOLD;
    }

    /** Remembers a subframe's pitch gain, Q14. */
    void update(int gain, int lag) {
        int worst = -1;
        if (lag < SUBFRAME) {
            int once = grown(errors[0], gain);
            worst = Math.max(worst, Math.max(once, grown(once, gain)));
        } else {
            for (int zone = zone(lag - SUBFRAME); zone <= zone(lag - 1); zone++) {
                worst = Math.max(worst, grown(errors[zone], gain));
            }
        }
        System.arraycopy(errors, 0, errors, 1, ZONES - 1);
        errors[0] = worst;
    }

    private static int grown(int error, int gain) {
        return lAdd(UNITY, lShl(mul32x16(high(error), fraction(error), gain), 1));
    }

    private static int zone(int delay) {
        return Math.max(0, Math.min(delay / SUBFRAME, ZONES - 1));
    }
}
