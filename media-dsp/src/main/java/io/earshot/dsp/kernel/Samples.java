package io.earshot.dsp.kernel;

/** Rounding and saturation to 16 bits. */
public final class Samples {
    private Samples() {
    }

    /** Returns the nearest 16 bit sample, saturated. */
    public static short saturate(float value) {
        return saturate((int) (value + (value < 0 ? -0.5f : 0.5f)));
    }

    /** Returns the nearest 16 bit sample, saturated. */
    public static short saturate(int value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
