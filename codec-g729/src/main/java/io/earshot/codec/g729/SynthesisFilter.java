package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_32;
import static io.earshot.codec.g729.FixedMath.lMsu;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.round;

/** All-pole filter 1/A(z) with its memory. Keeps the memory of before a run until {@link #commit}. */
final class SynthesisFilter {
    private static final int ORDER = Lsp.ORDER;
    private static final int LONGEST = 40;
    /** Above this, times eight and rounded, a sum no longer fits. */
    private static final int LARGEST_SUM = MAX_32 - 0x8000 >> 3;
    private static final int SMALLEST_SUM = Integer.MIN_VALUE >> 3;

    private final int[] memory = new int[ORDER];
    private final int[] work = new int[ORDER + LONGEST];
    private int length;

    /** Forgets everything. */
    void reset() {
        java.util.Arrays.fill(memory, 0);
    }

    /** Returns the memory itself, oldest first. */
    int[] memory() {
        return memory;
    }

    /**
     * Filters up to 40 samples; input and output may be the same.
     *
     * @param filter LP coefficients, Q12
     * @return whether anything saturated
     */
    boolean run(int[] filter, int at, int[] in, int inAt, int[] out, int outAt, int count) {
        System.arraycopy(memory, 0, work, 0, ORDER);
        length = count;
        boolean overflow = Filters.cannotOverflow(filter, at) ? runPlain(filter, at, in, inAt, count)
            : runChecked(filter, at, in, inAt, count);
        System.arraycopy(work, ORDER, out, outAt, count);
        return overflow;
    }

    /** For coefficients so small that no sum can saturate before it is scaled up. */
    private boolean runPlain(int[] filter, int at, int[] in, int inAt, int count) {
        int[] y = work;
        int a0 = filter[at];
        int a1 = filter[at + 1];
        int a2 = filter[at + 2];
        int a3 = filter[at + 3];
        int a4 = filter[at + 4];
        int a5 = filter[at + 5];
        int a6 = filter[at + 6];
        int a7 = filter[at + 7];
        int a8 = filter[at + 8];
        int a9 = filter[at + 9];
        int a10 = filter[at + ORDER];
        boolean overflow = false;
        for (int i = 0; i < count; i++) {
            int early = a10 * y[i] + a9 * y[i + 1] + a8 * y[i + 2] + a7 * y[i + 3] + a6 * y[i + 4] + a5 * y[i + 5];
            int late = a4 * y[i + 6] + a3 * y[i + 7] + a2 * y[i + 8] + a1 * y[i + 9];
            int result = in[inAt + i] * a0 - early - late << 1;
            overflow |= result > LARGEST_SUM || result < SMALLEST_SUM;
            y[ORDER + i] = round(lShl(result, 3));
        }
        return overflow;
    }

    private boolean runChecked(int[] filter, int at, int[] in, int inAt, int count) {
        int[] y = work;
        boolean overflow = false;
        for (int i = 0; i < count; i++) {
            long sum = (long) in[inAt + i] * filter[at];
            long seen = 0;
            for (int j = 1; j <= ORDER; j++) {
                sum -= (long) filter[at + j] * y[ORDER + i - j];
                seen |= sum ^ sum >> 63;
            }
            int result = (int) (sum << 1);
            if (seen >>> 30 != 0) {
                overflow = true;
                result = saturating(filter, at, in[inAt + i], i);
            }
            overflow |= result > LARGEST_SUM || result < SMALLEST_SUM;
            y[ORDER + i] = round(lShl(result, 3));
        }
        return overflow;
    }

    private int saturating(int[] filter, int at, int in, int i) {
        int sum = lMult(in, filter[at]);
        for (int j = 1; j <= ORDER; j++) {
            sum = lMsu(sum, filter[at + j], work[ORDER + i - j]);
        }
        return sum;
    }

    /** Remembers the end of the last run. */
    void commit() {
        System.arraycopy(work, length, memory, 0, ORDER);
    }
}
