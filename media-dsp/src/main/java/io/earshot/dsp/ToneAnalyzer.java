package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Fft;

/**
 * Says what a recording holds: for tests, demos and self-checks, not for the audio loop (it allocates). Stateless, callable from any
 * thread.
 */
public final class ToneAnalyzer {
    /** Below this, a block holds nothing that could dominate. */
    private static final double AUDIBLE_DBFS = -80;
    private static final double LOWEST_HZ = 20;
    private static final int MAX_SPECTRUM = 1 << 20;

    private ToneAnalyzer() {
    }

    /**
     * Returns the frequency that carries the most power, in Hz; 0 when the block is silent (below −80 dBFS). For a tone in moderate noise
     * and at least half a second, the error is below 2 Hz; for a long clean tone, far below.
     *
     * @param length samples to look at; only the first million counts
     */
    public static double dominantHz(short[] pcm, int offset, int length, int sampleRate) {
        checkFromIndexSize(offset, length, pcm.length);
        int count = Math.min(length, MAX_SPECTRUM);
        if (count < 4 || LevelMeter.rmsDbfs(pcm, offset, count) < AUDIBLE_DBFS) {
            return 0;
        }
        double[] power = spectrum(pcm, offset, count);
        double binHz = sampleRate / 2.0 / power.length;
        int peak = (int) Math.ceil(LOWEST_HZ / binHz);
        for (int i = peak; i < power.length - 1; i++) {
            peak = power[i] > power[peak] ? i : peak;
        }
        return (peak + vertex(power, peak)) * binHz;
    }

    /** Returns the level of one frequency in a block, in dBFS; neighbours within {@code sampleRate / length} Hz count in part. */
    public static double levelDbfs(short[] pcm, int offset, int length, int sampleRate, double hz) {
        GoertzelDetector detector = new GoertzelDetector(sampleRate, hz);
        detector.add(pcm, offset, length);
        return detector.levelDbfs();
    }

    /**
     * Returns how much of a block's power one frequency explains, from 0 to 1: about 1 for a clean sine of that frequency, about 0 for
     * speech, noise or another tone; 0 for silence.
     */
    public static double purity(short[] pcm, int offset, int length, int sampleRate, double hz) {
        double total = LevelMeter.rmsDbfs(pcm, offset, length);
        if (total < AUDIBLE_DBFS) {
            return 0;
        }
        double ratio = Decibels.toLinear(levelDbfs(pcm, offset, length, sampleRate, hz) - total);
        return Math.min(1, ratio * ratio);
    }

    /** Returns the power of the bins from 0 to half the sample rate, after a Hann window; short blocks are padded to make bins finer. */
    private static double[] spectrum(short[] pcm, int offset, int count) {
        int size = Integer.highestOneBit(count) * (count > MAX_SPECTRUM / 8 ? 2 : 8);
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += pcm[offset + i];
        }
        mean /= count;
        double[] real = new double[size];
        double[] imaginary = new double[size];
        for (int i = 0; i < count; i++) {
            real[i] = (pcm[offset + i] - mean) * (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / count));
        }
        new Fft(size).forward(real, imaginary);
        double[] power = new double[size / 2];
        for (int i = 0; i < power.length; i++) {
            power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
        }
        return power;
    }

    /** Returns where, within half a bin, a parabola through the logarithms around the peak has its top. */
    private static double vertex(double[] power, int peak) {
        double left = Math.log(Math.max(power[peak - 1], Double.MIN_NORMAL));
        double middle = Math.log(Math.max(power[peak], Double.MIN_NORMAL));
        double right = Math.log(Math.max(power[peak + 1], Double.MIN_NORMAL));
        double curvature = left - 2 * middle + right;
        return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * curvature))) : 0;
    }
}
