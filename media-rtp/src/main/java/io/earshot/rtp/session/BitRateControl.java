package io.earshot.rtp.session;

/**
 * Finds the bit rate that a path can carry by what the peer reports of losses: it falls where more than a tenth is lost, rises where next
 * to nothing is, and stays in between (as RFC 8836 §2 wants of audio, which must not drive others out). Confined to one thread.
 */
public final class BitRateControl {
    private static final double MUCH = 0.10;
    private static final double LITTLE = 0.02;
    private static final double RISE = 1.08;

    private final int least;
    private final int most;
    private double rate;
    private double loss;

    /**
     * Makes a control that begins at the highest rate.
     *
     * @param least bits per second that it never goes below
     * @param most bits per second that it never goes above
     */
    public BitRateControl(int least, int most) {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("bit rates " + least + " to " + most + " are no range");
        }
        this.least = least;
        this.most = most;
        this.rate = most;
    }

    /**
     * The peer has reported.
     *
     * @param fraction what was lost of what we sent since its previous report, 0 to 1
     */
    public void onReport(double fraction) {
        double now = Math.max(0, Math.min(1, fraction));
        loss = 0.7 * loss + 0.3 * now;
        if (now > MUCH) {
            rate = Math.max(least, rate * (1 - 0.5 * now));
        } else if (now < LITTLE) {
            rate = Math.min(most, rate * RISE);
        }
    }

    /** Returns the bits per second to send at most. */
    public int target() {
        return (int) rate;
    }

    /** Returns the loss to prepare for, 0 to 1: what was reported, smoothed. */
    public float loss() {
        return (float) loss;
    }
}
