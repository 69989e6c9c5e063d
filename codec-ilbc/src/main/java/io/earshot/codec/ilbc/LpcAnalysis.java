package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.ORDER;
import static io.earshot.codec.ilbc.IlbcTables.TAPS;

/** Linear prediction by windowed autocorrelation (RFC 3951 §3.2.1, §3.2.2): once per frame of 20 ms, twice per frame of 30. */
final class LpcAnalysis {
    private static final int WINDOW = 240;
    private static final int LOOK_BACK = 60;
    private static final int RISING = 220;
    private static final float SYNTHESIS_EXPANSION = 0.9025f;
    private static final float[] SYMMETRIC = new float[WINDOW];
    private static final float[] ASYMMETRIC = new float[WINDOW];
    private static final double[] LAG_WINDOW = new double[TAPS];

    static {
        for (int i = 0; i < WINDOW; i++) {
            SYMMETRIC[i] = (float) (0.5 * (1 - Math.cos(2 * Math.PI * (i + 1) / (WINDOW + 1))));
            double rise = Math.sin(Math.PI * (i + 1) / (2 * RISING + 1));
            ASYMMETRIC[i] = (float) (i < RISING ? rise * rise : Math.cos(Math.PI * (i - RISING) / (2 * (WINDOW - RISING))));
        }
        LAG_WINDOW[0] = 1;
        for (int i = 1; i < TAPS; i++) { // 60 Hz wide, over a floor of -40 dB
            double width = 2 * Math.PI * 60 * i / 8000;
            LAG_WINDOW[i] = Math.exp(-width * width / 2) / 1.0001;
        }
    }

    private final IlbcMode mode;
    private final Lsf lsf;
    private final float[] buffer = new float[LOOK_BACK + WINDOW];
    private final double[] windowed = new double[WINDOW];
    private final double[] correlation = new double[TAPS];
    private final double[] coefficients = new double[TAPS];
    private final double[] previous = new double[TAPS];
    private final float[] filter = new float[TAPS];

    LpcAnalysis(IlbcMode mode, Lsf lsf) {
        this.mode = mode;
        this.lsf = lsf;
    }

    /** Analyses a frame; where no frequencies can be found {@code frequencies} keeps those it had. */
    void analyse(float[] speech, int at, float[] frequencies) {
        System.arraycopy(buffer, mode.samples, buffer, 0, buffer.length - mode.samples);
        System.arraycopy(speech, at, buffer, buffer.length - mode.samples, mode.samples);
        for (int set = 0; set < mode.lpcSets; set++) {
            boolean last = set == mode.lpcSets - 1;
            correlate(last ? LOOK_BACK : 0, last ? ASYMMETRIC : SYMMETRIC);
            levinson();
            for (int k = 0; k < TAPS; k++) {
                filter[k] = (float) coefficients[k];
            }
            Filters.expandBandwidth(filter, 0, SYNTHESIS_EXPANSION, filter, 0);
            lsf.fromFilter(filter, frequencies, set * ORDER);
        }
    }

    private void correlate(int at, float[] window) {
        for (int i = 0; i < WINDOW; i++) {
            windowed[i] = buffer[at + i] * window[i];
        }
        for (int lag = 0; lag < TAPS; lag++) {
            double sum = 0;
            for (int i = lag; i < WINDOW; i++) {
                sum += windowed[i] * windowed[i - lag];
            }
            correlation[lag] = sum * LAG_WINDOW[lag];
        }
    }

    /** The recursion of Levinson and Durbin; silence gives a filter that does nothing. */
    private void levinson() {
        java.util.Arrays.fill(coefficients, 0);
        coefficients[0] = 1;
        double error = correlation[0];
        for (int order = 1; order <= ORDER && error > 1e-9; order++) {
            double sum = correlation[order];
            for (int k = 1; k < order; k++) {
                sum += coefficients[k] * correlation[order - k];
            }
            double reflection = -sum / error;
            System.arraycopy(coefficients, 0, previous, 0, TAPS);
            for (int k = 1; k < order; k++) {
                coefficients[k] = previous[k] + reflection * previous[order - k];
            }
            coefficients[order] = reflection;
            error *= 1 - reflection * reflection;
        }
    }
}
