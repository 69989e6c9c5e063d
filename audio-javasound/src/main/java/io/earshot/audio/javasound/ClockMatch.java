package io.earshot.audio.javasound;

/**
 * Keeps a queue between two clocks at its level: the clock of a sound card and that of the computer differ by up to some hundred
 * millionths, which would empty or fill any queue within minutes. A block is stretched or shrunk by one sample when the mean level is off,
 * which nobody hears. Confined to one thread.
 */
final class ClockMatch {
    private static final double FORGET = 0.02;

    private final int target;
    private final int slack;
    private double mean;

    /**
     * Makes one.
     *
     * @param target level to keep, in samples
     * @param slack how far the mean may be off
     */
    ClockMatch(int target, int slack) {
        this.target = target;
        this.slack = slack;
        mean = target;
    }

    /** Learns the level and returns by how many samples the next block that goes in is to differ: -1, 0 or 1. */
    int correction(int level) {
        mean += FORGET * (level - mean);
        return mean > target + slack ? -1 : mean < target - slack ? 1 : 0;
    }

    /** Forgets what was learned: the queue was filled or emptied by force. */
    void reset() {
        mean = target;
    }

    /** Brings a block to another length by straight lines between its samples. */
    static void stretch(short[] in, int samples, short[] out, int wanted) {
        if (samples == wanted) {
            System.arraycopy(in, 0, out, 0, samples);
            return;
        }
        double step = (double) (samples - 1) / (wanted - 1);
        for (int i = 0; i < wanted; i++) {
            double at = i * step;
            int left = Math.min((int) at, samples - 2);
            double part = at - left;
            out[i] = (short) Math.round(in[left] + part * (in[left + 1] - in[left]));
        }
    }
}
