package io.earshot.sdk.internal.media;

/**
 * Tells who speaks in a conference by the level against the quietest of the last seconds: cheap enough for hundreds of members, and good
 * enough to show a name. Frames of 20 ms. Confined to the media loop.
 */
final class SpeakerWatch {
    /** -60 and -40 dBFS: what is quieter is never speech, what is 6 dB louder than the second always is. */
    private static final double LOWEST_FLOOR = 33.0 * 33;
    private static final double HIGHEST_FLOOR = 328.0 * 328;
    private static final double ABOVE_FLOOR = 4;
    private static final double FALL = 0.2;
    private static final double RISE = 1.01;
    private static final double SMOOTHING = 0.1;
    private static final int ONSET_FRAMES = 3;
    private static final int HANGOVER_FRAMES = 20;

    private double floor = LOWEST_FLOOR;
    private double level;
    private int run;
    private int hangover;

    /** Listens to a frame. */
    void hear(short[] frame, int samples, boolean sound) {
        long squares = 0;
        for (int i = 0; sound && i < samples; i++) {
            squares += frame[i] * frame[i];
        }
        double power = (double) squares / samples;
        double next = power < floor ? floor + FALL * (power - floor) : floor * RISE;
        floor = Math.max(LOWEST_FLOOR, Math.min(HIGHEST_FLOOR, next));
        level += SMOOTHING * (power - level);
        run = power > ABOVE_FLOOR * floor ? run + 1 : 0;
        hangover = run >= ONSET_FRAMES ? HANGOVER_FRAMES : Math.max(0, hangover - 1);
    }

    /** Tells whether somebody speaks, or did a moment ago. */
    boolean isSpeaking() {
        return hangover > 0;
    }

    /** Returns the mean power of the last fifth of a second. */
    double level() {
        return level;
    }
}
