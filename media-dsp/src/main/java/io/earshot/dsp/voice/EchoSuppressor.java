package io.earshot.dsp.voice;

import java.util.Arrays;

/**
 * Attenuates the echo that the canceller left: how much of the estimated echo leaks is learnt from how the two rise and fall together
 * (Valin 2007), and each bin is lowered by what leaks there. 10 ms late. Allocates nothing after construction.
 */
final class EchoSuppressor {
    private static final double FLOOR = 0.03;
    private static final double OVERESTIMATE = 3;
    private static final double TAIL = 0.6;
    private static final double FORGET = 0.02;

    private final Spectrum output;
    private final Spectrum echo;
    private final double[] error;
    private final double[] echoPower;
    private final double[] residual;
    private final double[] errorMean;
    private final double[] echoMean;
    private final double[] gains;
    private double together;
    private double alone;
    private double leak = 0.3;

    EchoSuppressor(int sampleRate) {
        output = new Spectrum(sampleRate);
        echo = new Spectrum(sampleRate);
        error = new double[output.bins];
        echoPower = new double[output.bins];
        residual = new double[output.bins];
        errorMean = new double[output.bins];
        echoMean = new double[output.bins];
        gains = new double[output.bins];
        Arrays.fill(gains, 1);
    }

    /** Replaces a frame by the one before it. */
    void process(short[] pcm, int offset, short[] estimate) {
        output.analyse(pcm, offset);
        output.power(error);
        echo.analyse(estimate, 0);
        echo.power(echoPower);
        learn();
        for (int k = 0; k < gains.length; k++) {
            residual[k] = Math.max(TAIL * residual[k], leak * echoPower[k]);
            double wanted = Math.max(FLOOR, 1 - OVERESTIMATE * residual[k] / (error[k] + 1));
            gains[k] = wanted > gains[k] ? 0.5 * gains[k] + 0.5 * wanted : 0.2 * gains[k] + 0.8 * wanted;
        }
        output.synthesise(gains, pcm, offset);
    }

    private void learn() {
        double cross = 0;
        double square = 0;
        double total = 0;
        for (int k = 0; k < gains.length; k++) {
            double e = error[k] - errorMean[k];
            double y = echoPower[k] - echoMean[k];
            errorMean[k] += 0.1 * e;
            echoMean[k] += 0.1 * y;
            cross += e * y;
            square += y * y;
            total += echoPower[k];
        }
        if (total < 1e4 * gains.length) {
            return; // hardly any echo to learn from
        }
        double weight = Math.min(FORGET, FORGET * total / (1 + sum(error))); // less in double talk
        together += weight * (Math.max(0, cross) / (square + 1) - together);
        alone += weight * (1 - alone);
        leak = Math.max(0.001, Math.min(1, together / Math.max(alone, 1e-3)));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
