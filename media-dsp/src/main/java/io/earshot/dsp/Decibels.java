package io.earshot.dsp;

/** Conversions between linear amplitude and decibels. */
public final class Decibels {
    /** What digital silence measures, in dBFS: far below the −96 dB of a single bit, yet finite. */
    public static final double SILENCE = -120;

    /** Peak amplitude of a sine of full scale: 0 dBFS. */
    static final double FULL_SCALE = 32767;

    private Decibels() {
    }

    /** Returns the factor by which {@code decibels} change an amplitude; 0 at {@link #SILENCE} and below. */
    public static double toLinear(double decibels) {
        return decibels <= SILENCE ? 0 : Math.pow(10, decibels / 20);
    }

    /** Returns a factor of amplitude in decibels, not less than {@link #SILENCE}. */
    public static double ofLinear(double factor) {
        return Math.max(SILENCE, 20 * Math.log10(factor));
    }

    /** Returns the level of a sine of that peak amplitude (full scale is 32767), in dBFS. */
    static double ofAmplitude(double peak) {
        return ofLinear(peak / FULL_SCALE);
    }
}
