package io.earshot.codec.speex;

/** Finds the prediction filter of a window of sound. */
final class LinearPrediction {
    private static final float FLOOR = .0002f;
    private static final float[] LAGS = {1f, 0.99716f, 0.98869f, 0.97474f, 0.95554f, 0.93140f, 0.90273f, 0.86998f, 0.83367f, 0.79434f,
        0.75258f};
    private static final int RISE = 120;
    private static final int FALL = 171;
    private static final int END = 200;
    private static final float[] FALLING = {
        0.99864f, 0.994566f, 0.987787f, 0.978324f, 0.966203f, 0.951458f, 0.934131f, 0.91427f, 0.891931f, 0.867179f, 0.840084f, 0.810723f,
        0.779182f, 0.745551f, 0.70993f, 0.672424f, 0.633148f, 0.592223f, 0.549781f, 0.505964f, 0.460932f, 0.414863f, 0.367968f, 0.320511f,
        0.272858f, 0.225569f, 0.179655f, 0.137254f, 0.103524f
    };
    private static final float[] WINDOW = new float[END];

    static {
        for (int i = 0; i < END; i++) {
            WINDOW[i] = i < RISE ? (float) (.54 - .46 * Math.cos(Math.PI * i / RISE)) : i < FALL ? 1 : FALLING[i - FALL];
        }
    }

    private final int order;
    private final int stretch;
    private final float[] windowed;
    private final float[] correlation = new float[Filters.ORDER + 1];

    /** For windows of 200 samples, or of twice as many. */
    LinearPrediction(int order, int stretch) {
        this.order = order;
        this.stretch = stretch;
        windowed = new float[END * stretch + 16];
    }

    /** Sets the coefficients of A(z) that fit the sound from there on. */
    void analyse(float[] x, int at, float added, float[] a) {
        int n = END * stretch;
        for (int i = 0; i < n; i++) {
            windowed[i] = x[at + i] * WINDOW[i / stretch];
        }
        for (int lag = 0; lag <= order; lag++) {
            correlation[lag] = Filters.dot(windowed, lag, windowed, 0, n) * LAGS[lag];
        }
        correlation[0] = (correlation[0] + 10) * (1 + FLOOR) + added;
        levinson(a);
    }

    private void levinson(float[] a) {
        float error = correlation[0];
        for (int i = 0; i < order; i++) {
            float sum = -correlation[i + 1];
            for (int j = 0; j < i; j++) {
                sum -= a[j] * correlation[i - j];
            }
            float reflection = sum / (error + .003f * correlation[0]);
            a[i] = reflection;
            for (int j = 0; j < i + 1 >> 1; j++) {
                float one = a[j];
                float other = a[i - 1 - j];
                a[j] = one + reflection * other;
                a[i - 1 - j] = other + reflection * one;
            }
            error -= reflection * (error * reflection);
        }
    }
}
