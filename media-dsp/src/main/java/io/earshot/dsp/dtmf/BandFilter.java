package io.earshot.dsp.dtmf;

/**
 * One frequency group cut out of a signal of 8 kHz and brought down to 1 kHz, as complex samples: a Kaiser-windowed sinc turned to the
 * middle of the group. Immutable; writes into its caller's cells.
 */
final class BandFilter {
    /** Input samples it looks back. */
    static final int TAPS = 72;

    private static final double BETA = 3.4; // about 40 dB
    private final double[] cosines = new double[TAPS];
    private final double[] sines = new double[TAPS];

    BandFilter(double centreHz, double halfWidthHz) {
        double sum = 0;
        double[] low = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
            double t = i - (TAPS - 1) / 2.0;
            double x = 2 * halfWidthHz / 8000 * t;
            double edge = 2 * t / TAPS;
            low[i] = (x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * bessel(BETA * Math.sqrt(1 - edge * edge));
            sum += low[i];
        }
        for (int i = 0; i < TAPS; i++) {
            double angle = 2 * Math.PI * centreHz / 8000 * i;
            cosines[i] = low[i] / sum * Math.cos(angle);
            sines[i] = low[i] / sum * Math.sin(angle);
        }
    }

    /** Filters at one point: {@code history} holds the last {@link #TAPS} samples, the oldest first. */
    void at(float[] history, int from, double[] complex) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < TAPS; i++) {
            double sample = history[from + i];
            real += sample * cosines[TAPS - 1 - i];
            imaginary += sample * sines[TAPS - 1 - i];
        }
        complex[0] = real;
        complex[1] = imaginary;
    }

    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
