package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.LSF_DIMENSIONS;
import static io.earshot.codec.ilbc.IlbcTables.LSF_SIZES;
import static io.earshot.codec.ilbc.IlbcTables.ORDER;
import static io.earshot.codec.ilbc.IlbcTables.TAPS;

/** Line spectral frequencies, in radians (RFC 3951 §3.2.3 to §3.2.7). One instance per encoder or decoder, for its scratch memory. */
final class Lsf {
    private static final float[] WEIGHTS_20 = {3 / 4f, 2 / 4f, 1 / 4f, 0};
    private static final float[] WEIGHTS_30 = {1 / 2f, 1, 2 / 3f, 1 / 3f, 0, 0};
    private static final float[] CODEBOOK = new float[IlbcTables.LSF_CODEBOOK.length];
    /** 50 Hz, the least distance of two frequencies. */
    private static final float SPACING = 0.039f;
    private static final float LOWEST = 0.01f;
    private static final float HIGHEST = 3.14f;
    private static final int GRID = 200;
    private static final int HALF = ORDER / 2;

    static {
        for (int i = 0; i < CODEBOOK.length; i++) {
            CODEBOOK[i] = IlbcTables.LSF_CODEBOOK[i] / 8192f;
        }
    }

    private final float[] between = new float[ORDER];
    private final double[] sum = new double[TAPS + 1];
    private final double[] difference = new double[TAPS + 1];

    /** Looks up what the indices stand for. */
    static void dequantise(int[] frame, int sets, float[] lsf) {
        for (int set = 0; set < sets; set++) {
            int from = 0;
            int to = set * ORDER;
            for (int part = 0; part < LSF_DIMENSIONS.length; part++) {
                int dimension = LSF_DIMENSIONS[part];
                System.arraycopy(CODEBOOK, from + frame[set * LSF_DIMENSIONS.length + part] * dimension, lsf, to, dimension);
                from += dimension * LSF_SIZES[part];
                to += dimension;
            }
        }
        for (int set = 0; set < sets; set++) {
            separate(lsf, set * ORDER);
        }
    }

    /** Finds the nearest vectors of each part. */
    static void quantise(float[] lsf, int sets, int[] frame) {
        for (int set = 0; set < sets; set++) {
            int from = 0;
            int at = set * ORDER;
            for (int part = 0; part < LSF_DIMENSIONS.length; part++) {
                int dimension = LSF_DIMENSIONS[part];
                frame[set * LSF_DIMENSIONS.length + part] = nearest(lsf, at, from, dimension, LSF_SIZES[part]);
                from += dimension * LSF_SIZES[part];
                at += dimension;
            }
        }
    }

    private static int nearest(float[] lsf, int at, int from, int dimension, int size) {
        int best = 0;
        float least = Float.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            float distance = 0;
            for (int j = 0; j < dimension; j++) {
                float d = lsf[at + j] - CODEBOOK[from + i * dimension + j];
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Keeps neighbours apart, so that the filter is stable (§3.2.5); two passes, as the decoder of every peer does. */
    private static void separate(float[] lsf, int at) {
        for (int pass = 0; pass < 2; pass++) {
            for (int k = at; k < at + ORDER - 1; k++) {
                if (lsf[k + 1] - lsf[k] < SPACING) {
                    if (lsf[k + 1] < lsf[k]) {
                        lsf[k + 1] = lsf[k] + SPACING / 2;
                    } else {
                        lsf[k] -= SPACING / 2;
                        lsf[k + 1] += SPACING / 2;
                    }
                }
                lsf[k] = Math.max(LOWEST, Math.min(HIGHEST, lsf[k]));
            }
        }
    }

    /** Makes a filter per sub-block out of the sets of this frame and the last one of the frame before (§3.2.7). */
    void interpolate(IlbcMode mode, float[] before, float[] lsf, float[] filters) {
        boolean two = mode.lpcSets == 2;
        float[] weights = two ? WEIGHTS_30 : WEIGHTS_20;
        for (int sub = 0; sub < mode.subBlocks; sub++) {
            boolean fromBefore = !two || sub == 0;
            for (int k = 0; k < ORDER; k++) {
                float old = fromBefore ? before[k] : lsf[k];
                float young = fromBefore ? lsf[k] : lsf[ORDER + k];
                between[k] = weights[sub] * old + (1 - weights[sub]) * young;
            }
            toFilter(between, filters, sub * TAPS);
        }
    }

    /** Multiplies out the two polynomials of which the frequencies are the roots; half their sum is the filter. */
    private void toFilter(float[] lsf, float[] filter, int at) {
        if (lsf[0] <= 0 || lsf[ORDER - 1] >= Math.PI) {
            spread(lsf);
        }
        product(lsf, 0, 1, sum);
        product(lsf, 1, -1, difference);
        for (int k = 0; k <= ORDER; k++) {
            filter[at + k] = (float) ((sum[k] + difference[k]) / 2);
        }
    }

    /** What no encoder makes: frequencies out of range are laid out evenly between the ends. */
    private static void spread(float[] lsf) {
        float low = lsf[0] <= 0 ? (float) (0.022 * 2 * Math.PI) : lsf[0];
        float high = lsf[ORDER - 1] >= Math.PI ? (float) (0.499 * 2 * Math.PI) : lsf[ORDER - 1];
        for (int k = 0; k < ORDER; k++) {
            lsf[k] = low + k * (high - low) / (ORDER - 1);
        }
    }

    private static void product(float[] lsf, int first, int sign, double[] out) {
        java.util.Arrays.fill(out, 0);
        out[0] = 1;
        out[1] = sign;
        int degree = 1;
        for (int k = first; k < ORDER; k += 2) {
            double c = -2 * Math.cos(lsf[k]);
            degree += 2;
            for (int j = degree; j >= 0; j--) {
                out[j] += (j > 0 ? c * out[j - 1] : 0) + (j > 1 ? out[j - 2] : 0);
            }
        }
    }

    /**
     * Finds the frequencies of a filter: the roots of its sum and difference polynomials take turns on the unit circle (§3.2.3).
     *
     * @return whether all were found; otherwise {@code lsf} is unchanged
     */
    boolean fromFilter(float[] filter, float[] lsf, int at) {
        double[] p = sum;
        double[] q = difference;
        p[0] = 1;
        q[0] = 1;
        for (int k = 1; k <= HALF; k++) {
            p[k] = filter[k] + filter[TAPS - k] - p[k - 1];
            q[k] = filter[k] - filter[TAPS - k] + q[k - 1];
        }
        double low = 0;
        int found = 0;
        double[] now = p;
        double valueLow = onCircle(now, low);
        for (int step = 1; step <= GRID && found < ORDER; step++) {
            double high = Math.PI * step / GRID;
            double valueHigh = onCircle(now, high);
            while (valueLow * valueHigh <= 0 && found < ORDER) {
                double root = bisect(now, low, high, valueLow);
                between[found++] = (float) root;
                now = now == p ? q : p;
                low = root;
                valueLow = onCircle(now, low);
                valueHigh = onCircle(now, high);
            }
            low = high;
            valueLow = valueHigh;
        }
        if (found == ORDER) {
            System.arraycopy(between, 0, lsf, at, ORDER);
        }
        return found == ORDER;
    }

    private static double bisect(double[] polynomial, double from, double to, double valueFrom) {
        double low = from;
        double high = to;
        for (int i = 0; i < 20; i++) {
            double middle = (low + high) / 2;
            if (valueFrom * onCircle(polynomial, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Evaluates a symmetric polynomial of degree ten at an angle, but for a factor that is not zero: Clenshaw's recurrence. */
    private static double onCircle(double[] half, double angle) {
        double x = 2 * Math.cos(angle);
        double older = 0;
        double old = half[0];
        double result = x * old - older + half[1];
        for (int k = 2; k < HALF; k++) {
            older = old;
            old = result;
            result = x * old - older + half[k];
        }
        return x / 2 * result - old + half[HALF] / 2;
    }
}
