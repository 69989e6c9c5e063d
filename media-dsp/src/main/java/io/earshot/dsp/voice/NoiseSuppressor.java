package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.Decibels;

/**
 * Lowers steady noise: the gain of each bin minimises the error of the logarithm of its amplitude (Ephraim and Malah 1985); a priori ratios
 * are carried on from frame to frame, and never fall below a floor, so that what is left of the noise is the noise, quieter, without
 * musical tones. Frames of 10 ms, 10 ms late. Single-threaded; processing allocates nothing.
 */
public final class NoiseSuppressor {
    private static final double CARRY = 0.95;
    private static final double SMALLEST_RATIO = 0.002; // -27 dB
    /** What lies below is no voice: rumble rises and falls so slowly there that it would pass for one. */
    private static final double LOWEST_HZ = 50;

    private final Spectrum spectrum;
    private final NoiseEstimator estimator;
    private final double[] power;
    private final double[] gains;
    private final double[] clean;
    private final double floor;
    private final int lowest;

    /**
     * Makes a suppressor.
     *
     * @param sampleRate a multiple of 100 from 8000 to 48000
     * @param depth by how many dB noise is lowered at most, 1 to 30
     */
    public NoiseSuppressor(int sampleRate, int depth) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 100 != 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        if (depth < 1 || depth > 30) {
            throw new IllegalArgumentException("noise suppression must be 1 to 30 dB, not " + depth);
        }
        spectrum = new Spectrum(sampleRate);
        estimator = new NoiseEstimator(spectrum.bins, 10, 0.95);
        power = new double[spectrum.bins];
        gains = new double[spectrum.bins];
        clean = new double[spectrum.bins];
        floor = Decibels.toLinear(-depth);
        lowest = (int) Math.ceil(LOWEST_HZ * spectrum.size / sampleRate);
    }

    /** Returns the samples of a frame. */
    public int frameSamples() {
        return spectrum.hop;
    }

    /** Replaces a frame by the one before it, with less noise. */
    public void process(short[] pcm, int offset) {
        checkFromIndexSize(offset, spectrum.hop, pcm.length);
        spectrum.analyse(pcm, offset);
        spectrum.power(power);
        estimator.update(power);
        double[] noise = estimator.noise();
        for (int k = 0; k < gains.length; k++) {
            double posterior = Math.min(power[k] / noise[k], 1000);
            double carried = CARRY * clean[k] / noise[k] + (1 - CARRY) * Math.max(0, posterior - 1);
            double prior = k < lowest ? SMALLEST_RATIO : Math.max(SMALLEST_RATIO, carried);
            double wiener = prior / (1 + prior);
            double nu = Math.max(1e-6, wiener * posterior);
            double gain = Math.min(1, wiener * Math.exp(0.5 * exponentialIntegral(nu)));
            clean[k] = gain * gain * power[k];
            gains[k] = Math.max(floor, gain);
        }
        spectrum.synthesise(gains, pcm, offset);
    }

    /** E1, by its series below 1 and by a rational approximation above (Abramowitz and Stegun 5.1.11, 5.1.56). */
    static double exponentialIntegral(double x) {
        if (x < 1) {
            double sum = -0.5772156649015329 - Math.log(x);
            double term = 1;
            for (int n = 1; n < 12; n++) {
                term *= -x / n;
                sum -= term / n;
            }
            return sum;
        }
        double above = x * (x * (x * (x + 8.5733287401) + 18.0590169730) + 8.6347608925) + 0.2677737343;
        double below = x * (x * (x * (x + 9.5733223454) + 25.6329561486) + 21.0996530827) + 3.9584969228;
        return Math.exp(-x) / x * above / below;
    }
}
