package io.earshot.dsp;

/**
 * Coefficients of a resampler by the ratio {@code up / down} in lowest terms: a Kaiser-windowed sinc, cut into {@code up} phases that are
 * stored in the order in which a running dot product reads them. Immutable; resamplers of the same rates share one.
 */
final class PolyphaseFilter {
    /** Designed for, so that 60 dB is kept with a margin once the coefficients are floats and phases are normalised. */
    private static final double ATTENUATION_DB = 72;
    /** The pass band ends at this share of the lower Nyquist frequency. */
    private static final double PASS = 0.9;

    private final int fromRate;
    final int up;
    final int down;
    /** Coefficients per phase; the filter looks back this many input samples. */
    final int taps;
    final float[] coefficients;

    PolyphaseFilter(int fromRate, int toRate, double stop) {
        this.fromRate = fromRate;
        int divisor = gcd(fromRate, toRate);
        up = toRate / divisor;
        down = fromRate / divisor;
        double lower = Math.min(1, (double) toRate / fromRate); // the lower Nyquist frequency, where that of the input is 1
        double transition = Math.PI * lower * (stop - PASS);
        taps = 2 * (int) Math.ceil((ATTENUATION_DB - 7.95) / (2.285 * transition) / 2); // Kaiser's estimate, made even
        coefficients = design(lower * (PASS + stop) / 2);
    }

    /** Returns the delay, of all frequencies alike. */
    double delaySeconds() {
        return (up * taps - 1) / 2.0 / up / fromRate;
    }

    private float[] design(double cutoff) {
        float[] out = new float[up * taps];
        double[] phaseTaps = new double[taps];
        double beta = 0.1102 * (ATTENUATION_DB - 8.7);
        double centre = (up * taps - 1) / 2.0;
        for (int phase = 0; phase < up; phase++) {
            double sum = 0;
            for (int k = 0; k < taps; k++) {
                double distance = phase + (double) k * up - centre; // in steps of the common multiple of both rates
                double t = distance / up * cutoff;
                double sinc = t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
                double edge = distance / (centre + 1);
                phaseTaps[k] = sinc * bessel(beta * Math.sqrt(1 - edge * edge));
                sum += phaseTaps[k];
            }
            for (int k = 0; k < taps; k++) {
                out[phase * taps + taps - 1 - k] = (float) (phaseTaps[k] / sum); // each phase passes DC unchanged
            }
        }
        return out;
    }

    /** The modified Bessel function of the first kind and order zero, by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
