package io.earshot.sdk.internal.media;

/**
 * A gain whose changes take one frame, so that they do not click. A frame may be asked for several times, at several rates, before
 * {@link #settle} ends it. Confined to the media loop.
 */
final class Volume {
    private float gain;
    private float target;

    /** Makes a gain that begins at one factor and is on its way to another. */
    Volume(double from, double to) {
        gain = (float) from;
        target = (float) to;
    }

    /** Returns the factor of a gain in decibels. */
    static double factor(double gainDb) {
        return Math.pow(10, gainDb / 20);
    }

    /** Sets the factor that the next frame leads to. */
    void set(double factor) {
        target = (float) factor;
    }

    /** Tells whether a frame passes unchanged, bit for bit. */
    boolean isUnity() {
        return gain == 1f && target == 1f;
    }

    /** Tells whether nothing passes. */
    boolean isSilent() {
        return gain == 0f && target == 0f;
    }

    /** Writes one frame with the gain applied; {@code out} may be {@code in}. */
    void apply(short[] in, short[] out, int samples) {
        float at = gain;
        float step = (target - gain) / samples;
        for (int i = 0; i < samples; i++) {
            at += step;
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, in[i] * at));
        }
    }

    /** The frame is over: what was on its way has arrived. */
    void settle() {
        gain = target;
    }
}
