package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.round;

/** Filters without a memory of their own. LP coefficients are in Q12, 11 to a filter. */
final class Filters {
    private static final int ORDER = Lsp.ORDER;

    private Filters() {
    }

    /** Makes A(z/gamma) of A(z); gamma in Q15. */
    static void weight(int[] filter, int at, int gamma, int[] weighted, int weightedAt) {
        int factor = gamma;
        weighted[weightedAt] = filter[at];
        for (int i = 1; i < ORDER; i++) {
            weighted[weightedAt + i] = round(lMult(filter[at + i], factor));
            factor = round(lMult(factor, gamma));
        }
        weighted[weightedAt + ORDER] = round(lMult(filter[at + ORDER], factor));
    }

    /** Tells whether the coefficients are so small that no sum of products with words can leave an accumulator. */
    static boolean cannotOverflow(int[] filter, int at) {
        int sum = 0;
        for (int i = 0; i <= ORDER; i++) {
            sum += Math.abs(filter[at + i]);
        }
        return sum < 0x8000;
    }

    /** Filters with A(z); {@code in} holds ten samples before {@code inAt}. */
    static void residual(int[] filter, int at, int[] in, int inAt, int[] out, int outAt, int count) {
        if (cannotOverflow(filter, at)) {
            for (int i = 0; i < count; i++) {
                int sum = 0;
                for (int j = 0; j <= ORDER; j++) {
                    sum += filter[at + j] * in[inAt + i - j];
                }
                out[outAt + i] = round(lShl(sum << 1, 3));
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            long sum = 0;
            long seen = 0;
            for (int j = 0; j <= ORDER; j++) {
                sum += (long) filter[at + j] * in[inAt + i - j];
                seen |= sum ^ sum >> 63;
            }
            int result = seen >>> 30 == 0 ? (int) (sum << 1) : saturating(filter, at, in, inAt + i);
            out[outAt + i] = round(lShl(result, 3));
        }
    }

    private static int saturating(int[] filter, int at, int[] in, int inAt) {
        int sum = lMult(filter[at], in[inAt]);
        for (int j = 1; j <= ORDER; j++) {
            sum = lMac(sum, filter[at + j], in[inAt - j]);
        }
        return sum;
    }
}
