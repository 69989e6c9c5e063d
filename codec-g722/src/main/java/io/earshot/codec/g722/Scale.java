package io.earshot.codec.g722;

/**
 * The step size of a sub-band's quantizer, which grows with large codes and leaks back (G.722 §3.5: LOGSCL and SCALEL, LOGSCH and
 * SCALEH).
 */
final class Scale {
    /** Table 14: 2048 times the powers of two from 0 to 31/32. */
    private static final int[] ANTILOG = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008};

    private final int limit;
    private final int exponent;
    private int logarithm;
    private int step;

    /**
     * Starts at the smallest step.
     *
     * @param limit the largest logarithm
     * @param exponent the logarithm's integer part that leaves the antilogarithm's table as it is
     */
    Scale(int limit, int exponent) {
        this.limit = limit;
        this.exponent = exponent;
        reset();
    }

    void reset() {
        logarithm = 0;
        step = antilog();
    }

    int step() {
        return step;
    }

    /** Moves on by the multiplier of the code that was sent. */
    void adapt(int multiplier) {
        int moved = (logarithm * 127 >> 7) + multiplier;
        logarithm = Math.max(0, Math.min(limit, moved));
        step = antilog();
    }

    private int antilog() {
        int shift = exponent - (logarithm >> 11);
        int mantissa = ANTILOG[logarithm >> 6 & 31];
        return (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
    }
}
