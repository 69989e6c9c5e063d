package io.earshot.rtp.session;

/**
 * An estimate of listening and conversational quality from loss and delay, after ITU-T G.107 with its default values, for narrowband
 * speech. It knows nothing of levels, echo or noise and is no measurement of speech.
 *
 * <p>R = 93.2 - Id - Ie,eff. Delay: Id = 0.024 d, and 0.11 (d - 177.3) more beyond 177.3 ms. Loss, taken as random:
 * Ie,eff = Ie + (95 - Ie) P / (P + Bpl), with Ie = 0 and Bpl = 25.1, which G.113 appendix I gives for G.711 with concealment.
 */
public final class EModel {
    private static final double R_DEFAULT = 93.2;
    private static final double BPL = 25.1;
    private static final double DELAY_KNEE = 177.3;

    private EModel() {
    }

    /**
     * Returns the rating factor, 0 to 93.2.
     *
     * @param lossPercent packets that were not played in time, 0 to 100
     * @param delayMillis mouth to ear, one way
     */
    public static double rating(double lossPercent, double delayMillis) {
        double delay = 0.024 * delayMillis + (delayMillis > DELAY_KNEE ? 0.11 * (delayMillis - DELAY_KNEE) : 0);
        double loss = 95 * lossPercent / (lossPercent + BPL);
        return Math.max(0, R_DEFAULT - delay - loss);
    }

    /** Returns the mean opinion score for a rating factor, 1 to 4.5 (G.107 annex B). */
    public static double mos(double rating) {
        if (rating <= 0) {
            return 1;
        }
        double r = Math.min(rating, 100);
        return Math.max(1, Math.min(4.5, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6));
    }
}
