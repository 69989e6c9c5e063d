package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_32;
import static io.earshot.codec.g729.FixedMath.compose;
import static io.earshot.codec.g729.FixedMath.div32;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAbs;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lNegate;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.mul32;
import static io.earshot.codec.g729.FixedMath.round;
import static io.earshot.codec.g729.FixedMath.shr;

/** Levinson-Durbin recursion in double precision, G.729 §3.2.2. Falls back on its last result where the filter would be unstable. */
final class Levinson {
    private static final int ORDER = Lsp.ORDER;
    private static final int UNSTABLE = 32750;

    private final int[] lastFilter = new int[ORDER + 1];
    private final int[] filter = new int[ORDER + 1];
    private final int[] next = new int[ORDER + 1];
    private int lastReflection;
    private int reflection;
    private int energy;
    private boolean stable;

    Levinson() {
        lastFilter[0] = 4096;
    }

    /** Returns the second reflection coefficient, Q15. */
    int reflection() {
        return reflection;
    }

    /** Tells whether the last run found a filter of its own. */
    boolean isStable() {
        return stable;
    }

    /** Returns the upper word of the energy that the last stable filter leaves of its signal. */
    int energy() {
        return energy;
    }

    /**
     * Solves.
     *
     * @param high autocorrelation, normalized, upper words
     * @param low lower words
     * @param result LP coefficients, Q12
     */
    void solve(int[] high, int[] low, int[] result) {
        int k = reflect(compose(high[1], low[1]), high[0], low[0]);
        filter[1] = k >> 4;
        int error = remaining(k, high[0], low[0]);
        int exponent = lNorm(error);
        error = lShl(error, exponent);
        int second = 0;
        for (int i = 2; i <= ORDER; i++) {
            int sum = 0;
            for (int j = 1; j < i; j++) {
                sum = lAdd(sum, mul32(high[j], low[j], high(filter[i - j]), fraction(filter[i - j])));
            }
            sum = lAdd(lShl(sum, 4), compose(high[i], low[i]));
            k = lShl(reflect(sum, high(error), fraction(error)), exponent);
            if (i == 2) {
                second = high(k);
            }
            if (Math.abs(high(k)) > UNSTABLE) {
                System.arraycopy(lastFilter, 0, result, 0, ORDER + 1);
                reflection = lastReflection;
                stable = false;
                return;
            }
            extend(k, i);
            error = remaining(k, high(error), fraction(error));
            int norm = lNorm(error);
            error = lShl(error, norm);
            exponent += norm;
        }
        stable = true;
        energy = shr(high(error), exponent);
        reflection = second;
        lastReflection = second;
        lastFilter[0] = 4096;
        for (int i = 1; i <= ORDER; i++) {
            lastFilter[i] = round(lShl(filter[i] & ~1, 1));
        }
        System.arraycopy(lastFilter, 0, result, 0, ORDER + 1);
    }

    private static int reflect(int sum, int high, int low) {
        int k = div32(lAbs(sum), high, low);
        return sum > 0 ? lNegate(k) : k;
    }

    private static int remaining(int k, int high, int low) {
        int square = lAbs(mul32(high(k), fraction(k), high(k), fraction(k)));
        int rest = MAX_32 - square;
        return mul32(high, low, high(rest), fraction(rest));
    }

    private void extend(int k, int order) {
        for (int j = 1; j < order; j++) {
            int product = mul32(high(k), fraction(k), high(filter[order - j]), fraction(filter[order - j]));
            next[j] = lAdd(product, filter[j] & ~1);
        }
        System.arraycopy(next, 1, filter, 1, order - 1);
        filter[order] = k >> 4;
    }
}
