package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Samples;

/**
 * Volume of one stream. A change of the factor slides over 10 ms, so that it does not click; what exceeds 16 bits saturates.
 * Single-threaded; processing allocates nothing.
 */
public final class Gain {
    private static final int RAMPS_PER_SECOND = 100;

    private final int rampLength;
    private float factor = 1;
    private float target = 1;
    private float step;
    private int rampLeft;

    /** Makes a gain of 1 for streams of that many samples per second. */
    public Gain(int sampleRate) {
        if (sampleRate < RAMPS_PER_SECOND) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        rampLength = sampleRate / RAMPS_PER_SECOND;
    }

    /**
     * Sets the factor to slide to; 0 is silence, 1 leaves the stream as it is.
     *
     * @throws IllegalArgumentException unless 0 ≤ {@code factor} ≤ 1000
     */
    public void setLinear(double factor) {
        if (!(factor >= 0 && factor <= 1000)) {
            throw new IllegalArgumentException("gain factor " + factor + " is outside 0 to 1000");
        }
        if ((float) factor == target) {
            return;
        }
        target = (float) factor;
        step = (target - this.factor) / rampLength;
        rampLeft = rampLength;
    }

    /** Sets the gain to slide to in dB, up to 60; {@link Decibels#SILENCE} and below mutes. */
    public void setDecibels(double decibels) {
        setLinear(Decibels.toLinear(decibels));
    }

    /** Returns the factor that was set last, although the slide to it may not be over. */
    public double linear() {
        return target;
    }

    /** Tells whether the stream passes unchanged, bit for bit. */
    public boolean isUnity() {
        return rampLeft == 0 && target == 1;
    }

    /** Applies the gain in place. */
    public void process(short[] pcm, int offset, int samples) {
        checkFromIndexSize(offset, samples, pcm.length);
        int end = offset + samples;
        int i = offset;
        for (; rampLeft > 0 && i < end; i++) {
            rampLeft--;
            factor = target - step * rampLeft;
            pcm[i] = Samples.saturate(pcm[i] * factor);
        }
        if (i == end || factor == 1) {
            return;
        }
        for (float constant = factor; i < end; i++) {
            pcm[i] = Samples.saturate(pcm[i] * constant);
        }
    }
}
