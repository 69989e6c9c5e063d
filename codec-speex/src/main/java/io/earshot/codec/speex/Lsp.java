package io.earshot.codec.speex;

/** Line spectral pairs, in radians, and the filters that they stand for. One instance is one thread's scratch memory. */
final class Lsp {
    /** Least distance of narrowband pairs, and of those of the layers above. */
    static final float NARROW_MARGIN = .002f;
    static final float BAND_MARGIN = .05f;
    private static final int BISECTIONS = 10;

    private final int order;
    private final float[] sections;
    private final float[] cosines;
    private final float[] p;
    private final float[] q;

    Lsp(int order) {
        this.order = order;
        sections = new float[2 * order + 2];
        cosines = new float[order];
        p = new float[order / 2 + 1];
        q = new float[order / 2 + 1];
    }

    /** Sets pairs at even distances. */
    void even(float[] lsp) {
        for (int i = 0; i < order; i++) {
            lsp[i] = 3.1415927f * (i + 1) / (order + 1);
        }
    }

    /** Goes that share of the way from one set to the next, and keeps the pairs apart. */
    void interpolate(float[] from, float[] to, float share, float margin, float[] out) {
        for (int i = 0; i < order; i++) {
            out[i] = (1 - share) * from[i] + share * to[i];
        }
        if (out[0] < margin) {
            out[0] = margin;
        }
        if (out[order - 1] > Math.PI - margin) {
            out[order - 1] = (float) (Math.PI - margin);
        }
        for (int i = 1; i < order - 1; i++) {
            if (out[i] < out[i - 1] + margin) {
                out[i] = out[i - 1] + margin;
            }
            if (out[i] > out[i + 1] - margin) {
                out[i] = .5f * (out[i] + out[i + 1] - margin);
            }
        }
    }

    /** Clocks an impulse through the sections of second order that the pairs stand for. */
    void toFilter(float[] lsp, float[] a) {
        java.util.Arrays.fill(sections, 0);
        for (int i = 0; i < order; i++) {
            cosines[i] = 2 * cosine(lsp[i]);
        }
        int tail = 2 * order;
        for (int j = 0; j <= order; j++) {
            float sum = j == 0 ? 1 : 0;
            float difference = sum;
            for (int i = 0; i < order; i += 2) {
                int at = 2 * i;
                float nextSum = sum - cosines[i] * sections[at] + sections[at + 1];
                float nextDifference = difference - cosines[i + 1] * sections[at + 2] + sections[at + 3];
                sections[at + 1] = sections[at];
                sections[at + 3] = sections[at + 2];
                sections[at] = sum;
                sections[at + 2] = difference;
                sum = nextSum;
                difference = nextDifference;
            }
            if (j > 0) {
                a[j - 1] = (sum + sections[tail] + (difference - sections[tail + 1])) * .5f;
            }
            sections[tail] = sum;
            sections[tail + 1] = difference;
        }
    }

    /** The cosine within a hundred-thousandth, the same way for all decoders. */
    private static float cosine(float angle) {
        if (angle < 1.5707963268) {
            return series(angle * angle);
        }
        float rest = (float) (Math.PI - angle);
        return -series(rest * rest);
    }

    private static float series(float x) {
        return 0.9999932946f + x * (-0.4999124376f + x * (0.0414877472f + -0.0012712095f * x));
    }

    /**
     * Finds the pairs of a filter by walking along the unit circle.
     *
     * @param step how far to walk at a time, of the cosine
     * @return whether all were found
     */
    boolean of(float[] a, float step, float[] lsp) {
        int half = order / 2;
        p[0] = 1;
        q[0] = 1;
        for (int i = 0; i < half; i++) {
            p[i + 1] = a[i] + a[order - 1 - i] - p[i];
            q[i + 1] = a[i] - a[order - 1 - i] + q[i];
        }
        for (int i = 0; i < half; i++) {
            p[i] *= 2;
            q[i] *= 2;
        }
        float left = 1;
        for (int found = 0; found < order; found++) {
            float[] polynomial = (found & 1) == 0 ? p : q;
            float atLeft = value(polynomial, left);
            boolean crossed = false;
            while (!crossed) {
                float pace = step * (1 - .9f * left * left);
                float right = left - (Math.abs(atLeft) < .2f ? .5f * pace : pace);
                float atRight = value(polynomial, right);
                crossed = atLeft * atRight < 0;
                if (crossed) {
                    left = bisect(polynomial, left, right, atLeft);
                    lsp[found] = (float) Math.acos(left);
                } else if (right < -1) {
                    return false;
                } else {
                    left = right;
                    atLeft = atRight;
                }
            }
        }
        return true;
    }

    private float bisect(float[] polynomial, float from, float to, float atFrom) {
        float left = from;
        float right = to;
        float atLeft = atFrom;
        float middle = from;
        for (int i = 0; i <= BISECTIONS; i++) {
            middle = .5f * (left + right);
            float atMiddle = value(polynomial, middle);
            if (atMiddle * atLeft < 0) {
                right = middle;
            } else {
                atLeft = atMiddle;
                left = middle;
            }
        }
        return middle;
    }

    /** A sum of Chebyshev polynomials, by Clenshaw's recurrence. */
    private float value(float[] polynomial, float x) {
        int half = order / 2;
        float twice = 2 * x;
        float b0 = 0;
        float b1 = 0;
        for (int k = 0; k < half; k++) {
            float next = twice * b0 - b1 + polynomial[k];
            b1 = b0;
            b0 = next;
        }
        return .5f * twice * b0 - b1 + polynomial[half];
    }
}
