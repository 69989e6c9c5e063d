package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_32;
import static io.earshot.codec.g729.FixedMath.fraction;
import static io.earshot.codec.g729.FixedMath.lNorm;
import static io.earshot.codec.g729.FixedMath.mul32;
import static io.earshot.codec.g729.FixedMath.multRound;

/** Windowing and autocorrelation of 240 samples, G.729 §3.2.1; two more lags than LP needs, for the VAD of Annex B. */
final class LpcAnalysis {
    static final int WINDOW = 240;
    static final int LAGS = 12;

    private final int[] windowed = new int[WINDOW];
    private final int[] high = new int[LAGS + 1];
    private final int[] low = new int[LAGS + 1];
    private final int[] raw = new int[Lsp.COEFFICIENTS];
    private int exponent;

    /** Returns the lag-windowed autocorrelation, upper words. */
    int[] high() {
        return high;
    }

    /** Returns the lower words. */
    int[] low() {
        return low;
    }

    /** Returns the upper words as they were before the lag window. */
    int[] raw() {
        return raw;
    }

    /** Returns the power of two by which the autocorrelation must be scaled up to be the signal's. */
    int exponent() {
        return exponent;
    }

    /** Computes the autocorrelation of 240 samples. */
    void analyze(int[] speech, int from) {
        for (int i = 0; i < WINDOW; i++) {
            windowed[i] = multRound(speech[from + i], FilterTables.ANALYSIS_WINDOW[i]);
        }
        exponent = 1;
        long energy = energy();
        while (energy > MAX_32) {
            for (int i = 0; i < WINDOW; i++) {
                windowed[i] >>= 2;
            }
            exponent += 4;
            energy = energy();
        }
        int norm = lNorm((int) energy);
        exponent -= norm;
        split(0, (int) energy << norm);
        for (int lag = 1; lag <= LAGS; lag++) {
            split(lag, correlate(windowed, lag) << norm + 1);
        }
        System.arraycopy(high, 0, raw, 0, Lsp.COEFFICIENTS);
        for (int lag = 1; lag <= LAGS; lag++) {
            int h = FilterTables.LAG_WINDOW_HIGH[lag - 1];
            split(lag, mul32(high[lag], low[lag], h, FilterTables.LAG_WINDOW_LOW[lag - 1]));
        }
    }

    /** No larger than the energy, which fits: plain arithmetic gives what saturating would. */
    private static int correlate(int[] samples, int lag) {
        int sum = 0;
        for (int i = lag; i < WINDOW; i++) {
            sum += samples[i] * samples[i - lag];
        }
        return sum;
    }

    private long energy() {
        long sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            sum += windowed[i] * windowed[i];
        }
        return 2 * sum + 1;
    }

    private void split(int lag, int value) {
        high[lag] = FixedMath.high(value);
        low[lag] = fraction(value);
    }
}
