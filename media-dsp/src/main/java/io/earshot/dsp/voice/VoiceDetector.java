package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.api.audio.VoiceReport;
import io.earshot.dsp.LevelMeter;

/**
 * Tells speech from pauses: the mean likelihood ratio over the bins below or above 1 kHz, whichever is larger, against a running estimate
 * of the noise (Sohn, Kim and Sung 1999), with a hang-over that grows with the length of the speech.
 * Frames of 10 ms. Single-threaded; listening allocates nothing.
 */
public final class VoiceDetector {
    private static final double CARRY = 0.9;
    private static final double THRESHOLD = 0.23;
    private static final double QUIETEST_DBFS = -62;
    private static final int ONSET_FRAMES = 4;
    private static final int SHORT_HANGOVER = 5;
    private static final int LONG_HANGOVER = 14;

    private final Spectrum spectrum;
    private final NoiseEstimator estimator;
    private final double[] power;
    private final double[] clean;
    private final int from;
    private final int split;
    private final int to;
    private final LevelMeter frame = new LevelMeter();
    private final LevelMeter sinceReport = new LevelMeter();
    private int active;
    private int hangover;
    private boolean speaking;
    private long spokenFrames;
    private long heardFrames;
    private double ratio;

    /**
     * Makes a detector.
     *
     * @param sampleRate a multiple of 100 from 8000 to 48000
     */
    public VoiceDetector(int sampleRate) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 100 != 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        spectrum = new Spectrum(sampleRate);
        estimator = new NoiseEstimator(spectrum.bins, 31.6, 0.85);
        power = new double[spectrum.bins];
        clean = new double[spectrum.bins];
        from = 100 * spectrum.size / sampleRate;
        split = 1000 * spectrum.size / sampleRate;
        to = Math.min(spectrum.bins, 3600 * spectrum.size / sampleRate);
    }

    /** Returns the samples of a frame. */
    public int frameSamples() {
        return spectrum.hop;
    }

    /** Listens to a frame; tells whether there is speech in it, or was a moment ago. */
    public boolean process(short[] pcm, int offset) {
        checkFromIndexSize(offset, spectrum.hop, pcm.length);
        frame.reset();
        frame.add(pcm, offset, spectrum.hop);
        sinceReport.add(pcm, offset, spectrum.hop);
        spectrum.analyse(pcm, offset);
        spectrum.power(power);
        estimator.update(power);
        ratio = likelihood();
        decide(ratio > THRESHOLD && frame.rmsDbfs() > QUIETEST_DBFS);
        heardFrames++;
        spokenFrames += speaking ? 1 : 0;
        return speaking;
    }

    /** Tells what the last frame told. */
    public boolean speaking() {
        return speaking;
    }

    /** Returns the mean logarithm of the likelihood ratio of the last frame: above about 0.2, there is speech. */
    public double likelihoodRatio() {
        return ratio;
    }

    /** Returns what was heard since the last report. */
    public VoiceReport report() {
        VoiceReport report = new VoiceReport(speaking, spokenFrames * 10, heardFrames * 10, sinceReport.rmsDbfs(), sinceReport.peakDbfs());
        sinceReport.reset();
        spokenFrames = 0;
        heardFrames = 0;
        return report;
    }

    private double likelihood() {
        double[] noise = estimator.noise();
        return 0.5 * ratio + 0.5 * Math.max(likelihood(noise, from, split), likelihood(noise, split, to));
    }

    private double likelihood(double[] noise, int first, int end) {
        double sum = 0;
        for (int k = first; k < end; k++) {
            double posterior = Math.min(power[k] / noise[k], 1000);
            double prior = Math.max(0.003, CARRY * clean[k] / noise[k] + (1 - CARRY) * Math.max(0, posterior - 1));
            sum += posterior * prior / (1 + prior) - Math.log1p(prior);
            double gain = prior / (1 + prior);
            clean[k] = gain * gain * power[k];
        }
        return sum / (end - first);
    }

    private void decide(boolean voice) {
        if (voice) {
            active++;
            if (active >= ONSET_FRAMES) {
                speaking = true;
                hangover = active > 15 ? LONG_HANGOVER : Math.max(hangover, SHORT_HANGOVER);
            }
            return;
        }
        active = 0;
        hangover--;
        speaking = speaking && hangover > 0;
    }
}
