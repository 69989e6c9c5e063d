package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.div;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMsu;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.lShr;
import static io.earshot.codec.g729.FixedMath.low;
import static io.earshot.codec.g729.FixedMath.negate;
import static io.earshot.codec.g729.FixedMath.norm;
import static io.earshot.codec.g729.FixedMath.scale;
import static io.earshot.codec.g729.FixedMath.shl;
import static io.earshot.codec.g729.FixedMath.sub;

/** Finds the LSPs of an LP filter as roots of Chebyshev series, G.729 §3.2.3 with the short bisection of §A.3.2.3. */
final class LspSearch {
    private static final int ORDER = Lsp.ORDER;
    private static final int HALF = ORDER / 2;
    private static final int BISECTIONS = 2;

    private final int[] sum = new int[HALF + 1];
    private final int[] difference = new int[HALF + 1];
    /** How far the series are scaled down: 0, or 1 when they did not fit at first. */
    private int down;

    /** Finds the LSPs; where not all ten can be found, takes {@code fallback}. */
    void find(int[] filter, int[] lsp, int[] fallback) {
        down = 0;
        if (!series(filter)) {
            down = 1;
            series(filter);
        }
        int found = 0;
        int[] series = sum;
        int x = MathTables.ROOT_GRID[0];
        int y = evaluate(x, series);
        for (int i = 1; i < MathTables.ROOT_GRID.length && found < ORDER; i++) {
            int lastX = x;
            int lastY = y;
            x = MathTables.ROOT_GRID[i];
            y = evaluate(x, series);
            if (lMult(y, lastY) <= 0) {
                x = root(x, y, lastX, lastY, series);
                lsp[found++] = x;
                series = series == sum ? difference : sum;
                y = evaluate(x, series);
            }
        }
        if (found < ORDER) {
            System.arraycopy(fallback, 0, lsp, 0, ORDER);
        }
    }

    /** Makes the series of the sum and difference polynomials, Q11 or Q10; tells whether they fit. */
    private boolean series(int[] filter) {
        boolean fits = true;
        sum[0] = 2048 >> down;
        difference[0] = 2048 >> down;
        for (int i = 0; i < HALF; i++) {
            int plus = filter[i + 1] + filter[ORDER - i] >> 1 + down;
            int minus = filter[i + 1] - filter[ORDER - i] >> 1 + down;
            sum[i + 1] = sub(plus, sum[i]);
            difference[i + 1] = add(minus, difference[i]);
            fits &= sum[i + 1] == plus - sum[i] && difference[i + 1] == minus + difference[i];
        }
        return fits;
    }

    private int root(int x, int y, int lastX, int lastY, int[] series) {
        int lowX = x;
        int lowY = y;
        int highX = lastX;
        int highY = lastY;
        for (int i = 0; i < BISECTIONS; i++) {
            int middleX = add(lowX >> 1, highX >> 1);
            int middleY = evaluate(middleX, series);
            if (lMult(lowY, middleY) <= 0) {
                highX = middleX;
                highY = middleY;
            } else {
                lowX = middleX;
                lowY = middleY;
            }
        }
        int rise = sub(highY, lowY);
        if (rise == 0) {
            return lowX;
        }
        int magnitude = FixedMath.abs(rise);
        int norm = norm(magnitude);
        int inverse = div(16383, shl(magnitude, norm));
        int slope = low(lShr(lMult(sub(highX, lowX), inverse), 20 - norm));
        if (rise < 0) {
            slope = negate(slope);
        }
        return sub(lowX, low(lMult(lowY, slope) >> 11));
    }

    /** Evaluates a series by Clenshaw's recursion, Q14. */
    private int evaluate(int x, int[] series) {
        int before = (256 >> down) << 16;
        int now = lMac(lMult(x, 512 >> down), series[1], 4096);
        for (int i = 2; i < HALF; i++) {
            int next = lShl(scale(now, x), 1);
            next = lMsu(lMac(next, high(before), -32768), fraction(before), 1);
            next = lMac(next, series[i], 4096);
            before = now;
            now = next;
        }
        int value = scale(now, x);
        value = lMsu(lMac(value, high(before), -32768), fraction(before), 1);
        value = lMac(value, series[HALF], 2048);
        return high(lShl(value, 6 + down));
    }
}
