package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.ORDER;

/** The recursions that everything is made of. Filters of order ten find the ten samples before the first one in the array. */
final class Filters {
    private Filters() {
    }

    /** Filters in place through 1/A(z); {@code a} holds A(z) from {@code aAt}, beginning with 1. */
    static void allPole(float[] x, int at, int count, float[] a, int aAt) {
        for (int n = at; n < at + count; n++) {
            float sum = x[n];
            for (int k = 1; k <= ORDER; k++) {
                sum -= a[aAt + k] * x[n - k];
            }
            x[n] = sum;
        }
    }

    /** Filters through A(z). */
    static void allZero(float[] x, int at, int count, float[] a, int aAt, float[] out, int outAt) {
        for (int n = 0; n < count; n++) {
            float sum = 0;
            for (int k = 0; k <= ORDER; k++) {
                sum += a[aAt + k] * x[at + n - k];
            }
            out[outAt + n] = sum;
        }
    }

    /** Multiplies the coefficients with powers of a factor below 1, which moves the roots towards zero. */
    static void expandBandwidth(float[] a, int aAt, float factor, float[] out, int outAt) {
        float power = 1;
        for (int k = 0; k <= ORDER; k++) {
            out[outAt + k] = a[aAt + k] * power;
            power *= factor;
        }
    }

    static float dot(float[] x, int xAt, float[] y, int yAt, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += x[xAt + i] * y[yAt + i];
        }
        return sum;
    }

    static int nearest(float[] levels, float scale, float value) {
        int best = 0;
        float least = Float.MAX_VALUE;
        for (int i = 0; i < levels.length; i++) {
            float distance = Math.abs(value - scale * levels[i]);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** A high pass of second order with its memory: the input's (§3.1) and the output's (§4.7). */
    static final class HighPass {
        private final float b0;
        private final float b1;
        private final float b2;
        private final float a1;
        private final float a2;
        private float x1;
        private float x2;
        private float y1;
        private float y2;

        private HighPass(float b0, float b1, float b2, float a1, float a2) {
            this.b0 = b0;
            this.b1 = b1;
            this.b2 = b2;
            this.a1 = a1;
            this.a2 = a2;
        }

        static HighPass input() {
            return new HighPass(0.92727436f, -1.8544941f, 0.92727436f, -1.9059465f, 0.9114024f);
        }

        static HighPass output() {
            return new HighPass(0.93980581f, -1.8795834f, 0.93980581f, -1.9330735f, 0.93589199f);
        }

        void reset() {
            x1 = 0;
            x2 = 0;
            y1 = 0;
            y2 = 0;
        }

        float filter(float x) {
            float y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            return y;
        }
    }
}
