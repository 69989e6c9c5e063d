package io.earshot.dsp.voice;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Samples;

/** Takes direct current and rumble out: a high-pass filter of first order at 20 Hz. In place, no delay. Single-threaded. */
public final class DcRemover {
    private static final double CUTOFF = 20;

    private final double pole;
    private double input;
    private double output;

    /** Makes a filter. */
    public DcRemover(int sampleRate) {
        if (sampleRate < 1000) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        pole = Math.exp(-2 * Math.PI * CUTOFF / sampleRate);
    }

    /** Filters in place. */
    public void process(short[] pcm, int offset, int samples) {
        checkFromIndexSize(offset, samples, pcm.length);
        for (int i = offset; i < offset + samples; i++) {
            double sample = pcm[i];
            output = sample - input + pole * output;
            input = sample;
            pcm[i] = Samples.saturate((float) output);
        }
    }
}
