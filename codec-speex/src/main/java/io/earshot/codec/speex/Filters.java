package io.earshot.codec.speex;

/**
 * Filters of order ten, in the transposed form that Speex's state is defined in: what is left over when coefficients change depends on it.
 * The layers above are of order eight and leave the last two coefficients zero.
 */
final class Filters {
    static final int ORDER = 10;
    /** Keeps what fades away from numbers that processors are slow with. */
    static final float TINY = 1e-15f;
    private static final float[][] HIGH_PASS_POLES = {{-1.91120f, 0.91498f}, {-1.92683f, 0.93071f}, {-1.93338f, 0.93553f},
        {-1.97226f, 0.97332f}};
    private static final float[][] HIGH_PASS_ZEROS = {{0.95654f, -1.91309f}, {0.96446f, -1.92879f}, {0.96723f, -1.93445f},
        {0.98645f, -1.97277f}};

    private Filters() {
    }

    /** 1/A(z), in place too. */
    static void allPole(float[] x, int xAt, float[] a, float[] y, int yAt, int n, float[] memory) {
        float a0 = a[0];
        float a1 = a[1];
        float a2 = a[2];
        float a3 = a[3];
        float a4 = a[4];
        float a5 = a[5];
        float a6 = a[6];
        float a7 = a[7];
        float a8 = a[8];
        float a9 = a[9];
        float m0 = memory[0];
        float m1 = memory[1];
        float m2 = memory[2];
        float m3 = memory[3];
        float m4 = memory[4];
        float m5 = memory[5];
        float m6 = memory[6];
        float m7 = memory[7];
        float m8 = memory[8];
        float m9 = memory[9];
        for (int i = 0; i < n; i++) {
            float out = x[xAt + i] + m0;
            m0 = m1 - a0 * out;
            m1 = m2 - a1 * out;
            m2 = m3 - a2 * out;
            m3 = m4 - a3 * out;
            m4 = m5 - a4 * out;
            m5 = m6 - a5 * out;
            m6 = m7 - a6 * out;
            m7 = m8 - a7 * out;
            m8 = m9 - a8 * out;
            m9 = -a9 * out;
            y[yAt + i] = out;
        }
        memory[0] = m0;
        memory[1] = m1;
        memory[2] = m2;
        memory[3] = m3;
        memory[4] = m4;
        memory[5] = m5;
        memory[6] = m6;
        memory[7] = m7;
        memory[8] = m8;
        memory[9] = m9;
    }

    /** A(z), in place too. */
    static void allZero(float[] x, int xAt, float[] a, float[] y, int yAt, int n, float[] memory) {
        for (int i = 0; i < n; i++) {
            float in = x[xAt + i];
            float out = in + memory[0];
            for (int j = 0; j < ORDER - 1; j++) {
                memory[j] = memory[j + 1] + a[j] * in;
            }
            memory[ORDER - 1] = a[ORDER - 1] * in;
            y[yAt + i] = out;
        }
    }

    /** Z(z)/P(z), in place. */
    static void poleZero(float[] z, float[] p, float[] x, int at, int n, float[] memory) {
        float m0 = memory[0];
        float m1 = memory[1];
        float m2 = memory[2];
        float m3 = memory[3];
        float m4 = memory[4];
        float m5 = memory[5];
        float m6 = memory[6];
        float m7 = memory[7];
        float m8 = memory[8];
        float m9 = memory[9];
        for (int i = 0; i < n; i++) {
            float in = x[at + i];
            float out = in + m0;
            m0 = m1 + z[0] * in - p[0] * out;
            m1 = m2 + z[1] * in - p[1] * out;
            m2 = m3 + z[2] * in - p[2] * out;
            m3 = m4 + z[3] * in - p[3] * out;
            m4 = m5 + z[4] * in - p[4] * out;
            m5 = m6 + z[5] * in - p[5] * out;
            m6 = m7 + z[6] * in - p[6] * out;
            m7 = m8 + z[7] * in - p[7] * out;
            m8 = m9 + z[8] * in - p[8] * out;
            m9 = z[9] * in - p[9] * out;
            x[at + i] = out;
        }
        memory[0] = m0;
        memory[1] = m1;
        memory[2] = m2;
        memory[3] = m3;
        memory[4] = m4;
        memory[5] = m5;
        memory[6] = m6;
        memory[7] = m7;
        memory[8] = m8;
        memory[9] = m9;
    }

    /** A(z/gamma). */
    static void widen(float gamma, float[] a, float[] out) {
        float power = gamma;
        for (int i = 0; i < ORDER; i++) {
            out[i] = power * a[i];
            power *= gamma;
        }
    }

    /** Takes away what is below speech, in place: kind 0 and 1 before coding and after decoding, 2 and 3 the same below a layer. */
    static void highPass(float[] x, int n, int kind, float[] memory) {
        float[] p = HIGH_PASS_POLES[kind];
        float[] z = HIGH_PASS_ZEROS[kind];
        for (int i = 0; i < n; i++) {
            float in = x[i];
            float out = z[0] * in + memory[0];
            memory[0] = memory[1] + z[1] * in - p[0] * out;
            memory[1] = z[0] * in - p[1] * out;
            x[i] = out;
        }
    }

    static float rms(float[] x, int at, int n) {
        float sum = 0;
        for (int i = at; i < at + n; i++) {
            sum += x[i] * x[i];
        }
        return (float) Math.sqrt(.1 + sum / n);
    }

    /** The inner product, summed as four lanes of a vector are; n is a multiple of four. */
    static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < n; i += 4) {
            a += x[xAt + i] * y[yAt + i];
            b += x[xAt + i + 1] * y[yAt + i + 1];
            c += x[xAt + i + 2] * y[yAt + i + 2];
            d += x[xAt + i + 3] * y[yAt + i + 3];
        }
        return a + c + (b + d);
    }

    /** Adds the scaled vector: y += g x. */
    static void add(float g, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += g * x[xAt + i];
        }
    }

    /** The filter's gain at half its sampling rate. */
    static float gainAtPi(float[] a) {
        float gain = 1;
        for (int i = 0; i < ORDER; i += 2) {
            gain += a[i + 1] - a[i];
        }
        return gain;
    }

    /** The filter's gain at zero. */
    static float gainAtZero(float[] a) {
        float gain = 1;
        for (int i = 0; i < ORDER; i += 2) {
            gain += a[i] + a[i + 1];
        }
        return gain;
    }
}
