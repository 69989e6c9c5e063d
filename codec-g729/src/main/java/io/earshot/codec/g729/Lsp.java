package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lAdd;
import static io.earshot.codec.g729.FixedMath.lMsu;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lShrRound;
import static io.earshot.codec.g729.FixedMath.lSub;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.mul32x16;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.round;

/** Line spectral pairs (cosines, Q15), their frequencies (LSF) and the LP coefficients (Q12) they stand for: G.729 §3.2.4 to §3.2.6. */
final class Lsp {
    /** Order of the linear prediction. */
    static final int ORDER = 10;
    /** Coefficients of one LP filter, the leading one included. */
    static final int COEFFICIENTS = ORDER + 1;

    private static final int[] INITIAL = {30000, 26000, 21000, 15000, 8000, 0, -8000, -15000, -21000, -26000};

    private Lsp() {
    }

    /** Returns the LSPs that encoder and decoder start with. */
    static int[] initial() {
        return INITIAL.clone();
    }

    /** Converts to frequencies in Q13, 0 to pi. */
    static void toLsf(int[] lsp, int[] lsf) {
        int at = 63;
        for (int i = ORDER - 1; i >= 0; i--) {
            at = locate(lsp[i], at);
            int offset = lMult(lsp[i] - MathTables.COSINE[at], MathTables.ARCCOSINE_SLOPE[at]);
            lsf[i] = mult(add(at << 9, low(offset >> 12)), 25736);
        }
    }

    /** Converts to frequencies in Q15, 0 to 0.5, as the VAD of Annex B takes them. */
    static void toNormalizedLsf(int[] lsp, int[] lsf) {
        int at = 63;
        for (int i = ORDER - 1; i >= 0; i--) {
            at = locate(lsp[i], at);
            int offset = lMult(lsp[i] - MathTables.COSINE[at], MathTables.ARCCOSINE_SLOPE[at]);
            lsf[i] = add(round(lShl(offset, 3)), at << 8);
        }
    }

    /** The LSPs fall, so each search goes on where that of the next higher one ended. */
    private static int locate(int lsp, int from) {
        int at = from;
        while (at > 0 && MathTables.COSINE[at] < lsp) {
            at--;
        }
        return at;
    }

    /** Converts frequencies in Q13 back to LSPs. */
    static void fromLsf(int[] lsf, int[] lsp) {
        for (int i = 0; i < ORDER; i++) {
            int frequency = mult(lsf[i], 20861);
            int at = Math.max(0, Math.min(frequency >> 8, 63));
            int offset = lMult(MathTables.COSINE_SLOPE[at], frequency & 0xff);
            lsp[i] = add(MathTables.COSINE[at], low(offset >> 13));
        }
    }

    /**
     * Makes the LP filters of both subframes: the first from LSPs halfway between the last frame's and this frame's, the second from this
     * frame's.
     *
     * @param scratch room for 22 values
     */
    static void interpolate(int[] before, int[] now, int[] filters, int[] scratch) {
        for (int i = 0; i < ORDER; i++) {
            scratch[12 + i] = add(now[i] >> 1, before[i] >> 1);
        }
        toFilter(scratch, 12, filters, 0, scratch);
        System.arraycopy(now, 0, scratch, 12, ORDER);
        toFilter(scratch, 12, filters, COEFFICIENTS, scratch);
    }

    private static void toFilter(int[] lsp, int lspAt, int[] filter, int at, int[] sums) {
        polynomial(lsp, lspAt, sums, 0);
        polynomial(lsp, lspAt + 1, sums, 6);
        for (int i = 5; i > 0; i--) {
            sums[i] = lAdd(sums[i], sums[i - 1]);
            sums[6 + i] = lSub(sums[6 + i], sums[5 + i]);
        }
        filter[at] = 4096;
        for (int i = 1, j = ORDER; i <= 5; i++, j--) {
            filter[at + i] = low(lShrRound(lAdd(sums[i], sums[6 + i]), 13));
            filter[at + j] = low(lShrRound(lSub(sums[i], sums[6 + i]), 13));
        }
    }

    /** Multiplies out the factors of every second LSP, Q24. */
    private static void polynomial(int[] lsp, int lspAt, int[] f, int at) {
        f[at] = 1 << 24;
        f[at + 1] = lMsu(0, lsp[lspAt], 512);
        for (int i = 2; i <= 5; i++) {
            int root = lsp[lspAt + 2 * i - 2];
            f[at + i] = f[at + i - 2];
            for (int j = i; j > 1; j--) {
                int product = lShl(mul32x16(high(f[at + j - 1]), fraction(f[at + j - 1]), root), 1);
                f[at + j] = lSub(lAdd(f[at + j], f[at + j - 2]), product);
            }
            f[at + 1] = lMsu(f[at + 1], root, 512);
        }
    }
}
