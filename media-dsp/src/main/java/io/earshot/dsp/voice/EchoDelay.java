package io.earshot.dsp.voice;

import java.util.Arrays;

/**
 * Finds by how much the echo is late: each frame of either side becomes one bit per band, set where the band is louder than its own mean,
 * and the lag at which the bits agree most often wins. Resolution 10 ms, up to {@link #LAGS} frames. Allocates nothing after construction.
 */
final class EchoDelay {
    /** Lags that are compared. */
    static final int LAGS = 60;
    private static final int BANDS = 28;
    private static final double FORGET = 0.012;
    private static final double MARGIN = 1.6;

    private final Spectrum spectrum;
    private final int[] edges = new int[BANDS + 1];
    private final double[] farMean = new double[BANDS];
    private final double[] nearMean = new double[BANDS];
    private final int[] far = new int[LAGS];
    private final boolean[] farActive = new boolean[LAGS];
    private final double[] distance = new double[LAGS];
    private final Spectrum nearSpectrum;
    private int newest;
    private int compared;
    private int best = -1;

    EchoDelay(int sampleRate) {
        spectrum = new Spectrum(sampleRate);
        nearSpectrum = new Spectrum(sampleRate);
        for (int i = 0; i <= BANDS; i++) {
            edges[i] = (int) Math.round((250 + 3350.0 * i / BANDS) * spectrum.size / sampleRate);
        }
        Arrays.fill(distance, BANDS / 2.0);
    }

    void playback(short[] pcm, int offset) {
        newest = newest == 0 ? LAGS - 1 : newest - 1;
        spectrum.analyse(pcm, offset);
        farActive[newest] = power(pcm, offset) > 100;
        far[newest] = bits(spectrum, farMean);
    }

    /** Listens to the microphone; returns the lag in frames, -1 while it is not known. */
    int capture(short[] pcm, int offset) {
        nearSpectrum.analyse(pcm, offset);
        int near = bits(nearSpectrum, nearMean);
        if (power(pcm, offset) < 20) {
            return best;
        }
        for (int lag = 0; lag < LAGS; lag++) {
            int place = (newest + lag) % LAGS;
            if (farActive[place]) {
                distance[lag] += FORGET * (Integer.bitCount(near ^ far[place]) - distance[lag]);
            }
        }
        compared += farActive[newest] ? 1 : 0;
        if (compared > 80) {
            choose();
        }
        return best;
    }

    private void choose() {
        int least = 0;
        double sum = 0;
        for (int lag = 0; lag < LAGS; lag++) {
            sum += distance[lag];
            least = distance[lag] < distance[least] ? lag : least;
        }
        if (sum / LAGS - distance[least] > MARGIN && (best < 0 || distance[least] < distance[best] - 0.3)) {
            best = least;
        }
    }

    private int bits(Spectrum from, double[] mean) {
        int word = 0;
        for (int band = 0; band < BANDS; band++) {
            double power = 1;
            for (int k = edges[band]; k < edges[band + 1]; k++) {
                power += from.real[k] * from.real[k] + from.imaginary[k] * from.imaginary[k];
            }
            double level = Math.log(power);
            word |= level > mean[band] ? 1 << band : 0;
            mean[band] += 0.02 * (level - mean[band]);
        }
        return word;
    }

    private double power(short[] pcm, int offset) {
        double sum = 0;
        for (int i = offset; i < offset + spectrum.hop; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum / spectrum.hop;
    }
}
