package io.earshot.dsp;

/** Rounding and saturation to 16 bits. */
final class Samples {
    private Samples() {
    }

    /** Returns the nearest 16 bit sample, saturated. */
    static short saturate(float value) {
        return saturate((int) (value + (value < 0 ? -0.5f : 0.5f)));
    }

    /** Returns the nearest 16 bit sample, saturated. */
    static short saturate(int value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
