package io.earshot.sdk.internal.media;

/** Percent to gain: 50 leaves the sound alone, 0 is silence, 100 is 12 dB. */
final class Percent {
    static final int UNCHANGED = 50;

    private Percent() {
    }

    static int checked(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("volume must be 0 to 100 percent, not " + percent);
        }
        return percent;
    }

    static void apply(int percent, short[] frame, int samples) {
        if (percent == UNCHANGED) {
            return;
        }
        float gain = (float) (percent < UNCHANGED ? Math.pow(percent / 50.0, 1.66) : Math.pow(10, (percent - 50) * 12 / 50.0 / 20));
        for (int i = 0; i < samples; i++) {
            frame[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(frame[i] * gain)));
        }
    }
}
