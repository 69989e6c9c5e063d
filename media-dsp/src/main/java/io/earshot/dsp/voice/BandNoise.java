package io.earshot.dsp.voice;

import java.util.Arrays;

/**
 * Follows the power of steady noise in a few wide bands: it moves while nobody speaks, and it is never below the least that was heard in
 * the last seconds, so that a noise that grew is not taken for speech for ever. Allocates nothing after construction.
 */
final class BandNoise {
    private static final int LEARN_FRAMES = 10;
    private static final int WINDOW_FRAMES = 25;
    private static final int WINDOWS = 8;
    /** The least of two seconds of smoothed noise is so much lower than its mean. */
    private static final double BIAS = 1.5;
    private static final double FOLLOW = 0.03;
    private static final double FOLLOW_DOWN = 0.003;

    private final double[] noise;
    private final double[] minimum;
    private final double[][] minima;
    private int frames;

    BandNoise(int bands) {
        noise = new double[bands];
        minimum = new double[bands];
        minima = new double[WINDOWS][bands];
        Arrays.fill(minimum, Double.MAX_VALUE);
        for (double[] each : minima) {
            Arrays.fill(each, Double.MAX_VALUE);
        }
    }

    /** Returns the noise power of each band: its own array. */
    double[] power() {
        return noise;
    }

    /**
     * Hears the next frame.
     *
     * @param power of the bands in this frame
     * @param smoothed the same over some frames
     * @param speech whether somebody speaks in it
     */
    void update(double[] power, double[] smoothed, boolean speech) {
        frames++;
        boolean turn = frames % WINDOW_FRAMES == 0;
        int slot = frames / WINDOW_FRAMES % WINDOWS;
        for (int b = 0; b < noise.length; b++) {
            minimum[b] = Math.min(minimum[b], smoothed[b]);
            if (frames <= LEARN_FRAMES) {
                noise[b] += (power[b] - noise[b]) / frames;
            } else if (!speech) {
                noise[b] += FOLLOW * (power[b] - noise[b]);
            } else if (power[b] < noise[b]) {
                noise[b] += FOLLOW_DOWN * (power[b] - noise[b]);
            }
            double floor = frames <= LEARN_FRAMES ? 0 : BIAS * least(b);
            noise[b] = Math.max(noise[b], Math.min(floor, noise[b] * 1.1));
            if (turn) {
                minima[slot][b] = minimum[b];
                minimum[b] = Double.MAX_VALUE;
            }
        }
    }

    private double least(int band) {
        double least = minimum[band];
        for (double[] each : minima) {
            least = Math.min(least, each[band]);
        }
        return least;
    }
}
