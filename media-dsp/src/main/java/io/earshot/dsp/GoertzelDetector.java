package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

/**
 * Measures the level of one frequency in a stream: the Goertzel algorithm, one multiplication per sample. The longer the block since the
 * last {@link #reset}, the narrower its ear: {@code sampleRate / samples} Hz to either side is where it hears nothing any more.
 * Single-threaded; allocates nothing.
 */
public final class GoertzelDetector {
    private final double cosine;
    private final double coefficient;
    private final double sine;
    private double last;
    private double beforeLast;
    private long samples;

    /**
     * Makes a detector.
     *
     * @param hz above 0 and below half of {@code sampleRate}; need not fit the block length
     */
    public GoertzelDetector(int sampleRate, double hz) {
        if (!(hz > 0 && hz * 2 < sampleRate)) {
            throw new IllegalArgumentException(hz + " Hz at a sample rate of " + sampleRate);
        }
        double angle = 2 * Math.PI * hz / sampleRate;
        cosine = Math.cos(angle);
        sine = Math.sin(angle);
        coefficient = 2 * cosine;
    }

    /** Listens to the next samples. */
    public void add(short[] pcm, int offset, int length) {
        checkFromIndexSize(offset, length, pcm.length);
        double s1 = last;
        double s2 = beforeLast;
        for (int i = offset; i < offset + length; i++) {
            double s0 = pcm[i] + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        last = s1;
        beforeLast = s2;
        samples += length;
    }

    /** Returns the samples heard since the last reset. */
    public long samples() {
        return samples;
    }

    /** Returns the peak amplitude of a sine of this frequency that explains what was heard; full scale is 32767. */
    public double amplitude() {
        double real = last - beforeLast * cosine;
        double imaginary = beforeLast * sine;
        return samples == 0 ? 0 : 2 * Math.hypot(real, imaginary) / samples;
    }

    /** Returns {@link #amplitude()} as a level in dBFS. */
    public double levelDbfs() {
        return Decibels.ofAmplitude(amplitude());
    }

    /** Starts a new block. */
    public void reset() {
        last = 0;
        beforeLast = 0;
        samples = 0;
    }
}
