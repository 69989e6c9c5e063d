package io.earshot.rtp.comfort;

/**
 * Tells pauses, which need not be sent, from everything else. Where it errs, it calls noise sound: a block that is louder than the noise
 * counts at once, and what follows loud blocks goes on counting for a while, so that no word loses its beginning or its end. Steady sound
 * above {@link #LOUDEST_NOISE_DB} is never taken for noise.
 */
public final class PauseDetector {
    /** Level in dB under full scale above which nothing is a pause. */
    public static final int LOUDEST_NOISE_DB = -40;

    private static final int HANGOVER_MILLIS = 240;
    /** Energy over the noise that makes it sound: 6 dB. */
    private static final double MARGIN = 4;
    private static final double LOUDEST = 32768.0 * 32768.0 * Math.pow(10, LOUDEST_NOISE_DB / 10.0);
    /** The noise of a line in digital silence: -78 dB. */
    private static final double QUIETEST = 16;
    /** How fast the estimate follows louder noise: 3 dB per second. */
    private static final double RISE_PER_MILLI = Math.pow(10, 0.3 / 1000);

    private double noise = LOUDEST / MARGIN;
    private double previous = LOUDEST;
    private int hangover = HANGOVER_MILLIS;

    /** Makes a detector that takes the first quarter of a second for sound. */
    public PauseDetector() {
    }

    /**
     * Listens to the next block.
     *
     * @param millis how long it lasts
     * @return whether it is a pause
     */
    public boolean isPause(short[] pcm, int offset, int samples, int millis) {
        double sum = 0;
        for (int i = offset; i < offset + samples; i++) {
            sum += pcm[i] * pcm[i];
        }
        double energy = sum / samples;
        // Two blocks must be quieter for the estimate to fall: a single one may be a gap in speech.
        double lower = Math.max(energy, previous);
        previous = energy;
        noise = lower < noise ? Math.max(QUIETEST, 0.7 * noise + 0.3 * lower)
                : Math.min(LOUDEST, noise * Math.pow(RISE_PER_MILLI, millis));
        if (energy > MARGIN * noise || energy > LOUDEST) {
            hangover = HANGOVER_MILLIS;
            return false;
        }
        hangover = Math.max(0, hangover - millis);
        return hangover == 0;
    }
}
