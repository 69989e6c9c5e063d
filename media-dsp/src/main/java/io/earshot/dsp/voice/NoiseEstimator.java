package io.earshot.dsp.voice;

import java.util.Arrays;

/**
 * Follows the power of steady noise under speech, bin by bin: the estimate moves by the probability that a bin holds no speech (Gerkmann
 * and Hendriks 2012), guarded by the minimum of the last 2.5 seconds. Allocates nothing after construction.
 */
final class NoiseEstimator {
    private static final int LEARN_FRAMES = 8;
    private static final int WINDOW_FRAMES = 25;
    private static final int WINDOWS = 10;

    private final double speechRatio;
    private final double smoothing;
    private final double[] noise;
    private final double[] smoothed;
    private final double[] minimum;
    private final double[][] minima;
    private int frames;

    /**
     * Makes an estimator.
     *
     * @param speechRatio power of speech over noise where there is speech: the larger, the sooner a bin counts as noise
     * @param smoothing how slowly the estimate moves, below 1
     */
    NoiseEstimator(int bins, double speechRatio, double smoothing) {
        this.speechRatio = speechRatio;
        this.smoothing = smoothing;
        noise = new double[bins];
        smoothed = new double[bins];
        minimum = new double[bins];
        minima = new double[WINDOWS][bins];
        Arrays.fill(minimum, Double.MAX_VALUE);
        for (double[] each : minima) {
            Arrays.fill(each, Double.MAX_VALUE);
        }
    }

    /** Returns the noise power of each bin: the estimator's own array. */
    double[] noise() {
        return noise;
    }

    void update(double[] power) {
        frames++;
        boolean turn = frames % WINDOW_FRAMES == 0;
        int slot = frames / WINDOW_FRAMES % WINDOWS;
        for (int k = 0; k < noise.length; k++) {
            double observed = Math.max(power[k], 1);
            smoothed[k] = frames == 1 ? observed : 0.8 * smoothed[k] + 0.2 * observed;
            minimum[k] = Math.min(minimum[k], smoothed[k]);
            if (frames <= LEARN_FRAMES) {
                noise[k] += (observed - noise[k]) / frames;
                continue;
            }
            double posterior = observed / noise[k];
            double exponent = Math.min(200, posterior * speechRatio / (1 + speechRatio));
            double probability = 1 / (1 + (1 + speechRatio) * Math.exp(-exponent));
            double expected = probability * noise[k] + (1 - probability) * observed;
            noise[k] = smoothing * noise[k] + (1 - smoothing) * expected;
            noise[k] = Math.max(noise[k], Math.min(floor(k), noise[k] * 1.05));
            if (turn) {
                minima[slot][k] = minimum[k];
                minimum[k] = Double.MAX_VALUE;
            }
        }
    }

    private double floor(int bin) {
        double least = minimum[bin];
        for (double[] each : minima) {
            least = Math.min(least, each[bin]);
        }
        return least;
    }
}
