package io.earshot.codec.speex;

/** What is made up for frames that are lost, and how far what follows them may be trusted. */
final class Concealment {
    private static final float[] FADING = {1f, 0.961f, 0.852f, 0.698f, 0.527f, 0.368f, 0.237f, 0.141f, 0.077f, 0.039f};
    private static final int USUAL = 40;

    private final float[] gains = new float[3];
    private int nextGain;
    private int lost;
    private int delay = USUAL;
    private float gain;

    /** Returns how many frames were lost up to now. */
    int lost() {
        return lost;
    }

    /** A frame came, with that pitch. */
    void received(int pitch, float pitchGain) {
        lost = 0;
        delay = pitch;
        gain = pitchGain;
        remember(pitchGain);
    }

    /** A frame without a content came. */
    void silence() {
        lost = 0;
    }

    /** Goes on with the pitch, softer with every frame, and fills up with noise. */
    void excite(float[] excitation, int at, int samples, float level, Noise noise) {
        float fading = lost < FADING.length ? FADING[lost] : 0;
        gain = Math.min(gain, median());
        float voiced = fading * Math.min(gain, .85f) + Filters.TINY;
        float noisy = level * (fading * (1 - voiced * voiced));
        int lag = delay + (int) noise.next(1 + lost);
        lag = Math.max(NarrowDecoder.SHORTEST_DELAY, Math.min(NarrowDecoder.LONGEST_DELAY, lag));
        for (int i = at; i < at + samples; i++) {
            excitation[i] = voiced * (excitation[i - lag] + Filters.TINY) + noise.next(noisy);
        }
        lost++;
        remember(voiced);
    }

    /** Weakens taps that repeat what was made up. */
    void bound(float[] taps, int lag, int offset) {
        if (lost == 0 || lag <= offset) {
            return;
        }
        float most = Math.min(.95f, lost < 4 ? gain : .5f * gain);
        float sum = PitchDecoder.amplification(taps);
        if (sum > most) {
            for (int i = 0; i < taps.length; i++) {
                taps[i] *= most / sum;
            }
        }
    }

    private void remember(float pitchGain) {
        gains[nextGain] = pitchGain;
        nextGain = (nextGain + 1) % gains.length;
    }

    private float median() {
        return Math.max(Math.min(gains[0], gains[1]), Math.min(Math.max(gains[0], gains[1]), gains[2]));
    }
}
