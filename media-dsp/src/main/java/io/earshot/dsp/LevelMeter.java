package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

/** Measures how loud a stream was since the last {@link #reset}. Single-threaded; allocates nothing. */
public final class LevelMeter {
    private static final double FULL_SCALE_RMS = Decibels.FULL_SCALE / Math.sqrt(2);

    private long squares;
    private long samples;
    private int peak;

    /** Makes a meter that has heard nothing. */
    public LevelMeter() {
    }

    /** Listens to a frame. */
    public void add(short[] pcm, int offset, int length) {
        checkFromIndexSize(offset, length, pcm.length);
        long sum = 0;
        int highest = peak;
        for (int i = offset; i < offset + length; i++) {
            int sample = pcm[i];
            sum += sample * sample;
            highest = Math.max(highest, Math.abs(sample));
        }
        squares += sum;
        samples += length;
        peak = highest;
    }

    /** Returns the samples heard. */
    public long samples() {
        return samples;
    }

    /** Returns the root mean square in dBFS: a sine of full scale has 0, a square wave of full scale 3. */
    public double rmsDbfs() {
        return samples == 0 ? Decibels.SILENCE : Decibels.ofLinear(Math.sqrt((double) squares / samples) / FULL_SCALE_RMS);
    }

    /** Returns the largest magnitude in dBFS. */
    public double peakDbfs() {
        return Decibels.ofAmplitude(peak);
    }

    /** Starts anew. */
    public void reset() {
        squares = 0;
        samples = 0;
        peak = 0;
    }

    /** Returns the root mean square of a block in dBFS. */
    public static double rmsDbfs(short[] pcm, int offset, int length) {
        LevelMeter meter = new LevelMeter();
        meter.add(pcm, offset, length);
        return meter.rmsDbfs();
    }
}
