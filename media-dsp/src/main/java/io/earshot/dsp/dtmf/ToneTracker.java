package io.earshot.dsp.dtmf;

/**
 * Power, frequency and purity of what one {@link BandFilter} lets through, over the last {@link #WINDOW} milliseconds: the phase from one
 * sample to the next tells the frequency, and how alike those steps are tells whether it is one sine. Allocates nothing after construction.
 */
final class ToneTracker {
    static final int WINDOW = 16;

    private final double centreHz;
    /** Shared with all others of the same group. */
    private final BandFilter filter;
    private final double[] real = new double[WINDOW];
    private final double[] imaginary = new double[WINDOW];
    private final double[] complex = new double[2];
    private int at;
    private double power;
    private double hz;
    private double purity;

    /** {@code filter} is that of the group whose middle is given. */
    ToneTracker(double centreHz, BandFilter filter) {
        this.centreHz = centreHz;
        this.filter = filter;
    }

    void add(float[] history, int from) {
        filter.at(history, from, complex);
        real[at] = complex[0];
        imaginary[at] = complex[1];
        at = (at + 1) % WINDOW;
    }

    void measure() {
        double sum = 0;
        double re = 0;
        double im = 0;
        double edges = 0;
        for (int i = 0; i < WINDOW; i++) {
            int now = (at + i) % WINDOW;
            double square = real[now] * real[now] + imaginary[now] * imaginary[now];
            sum += square;
            edges += i == 0 || i == WINDOW - 1 ? square : 0;
            if (i > 0) {
                int before = (now + WINDOW - 1) % WINDOW;
                re += real[now] * real[before] + imaginary[now] * imaginary[before];
                im += imaginary[now] * real[before] - real[now] * imaginary[before];
            }
        }
        power = sum / WINDOW;
        double steps = sum - edges / 2;
        purity = steps > 0 ? Math.hypot(re, im) / steps : 0;
        double turn = Math.atan2(im, re) - 2 * Math.PI * centreHz / 1000; // at 1 kHz, a step is a millisecond
        hz = centreHz + 1000 * (turn / (2 * Math.PI) - Math.rint(turn / (2 * Math.PI)));
    }

    /** Mean of the squared magnitude: half the squared peak amplitude, halved again, for a sine. */
    double power() {
        return power;
    }

    double hz() {
        return hz;
    }

    /** 1 for one steady sine, less for anything else. */
    double purity() {
        return purity;
    }
}
