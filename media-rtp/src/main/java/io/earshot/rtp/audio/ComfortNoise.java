package io.earshot.rtp.audio;

/**
 * Makes the background noise that a silent sender describes (RFC 3389): a level and, where it says so, the shape of the spectrum as
 * reflection coefficients. Changes are smoothed, so that noise swells rather than steps. Deterministic; confined to one thread.
 */
final class ComfortNoise {
    private static final int MOST_COEFFICIENTS = 12;
    private static final double SMOOTHING = 0.002;
    /** Standard deviation of the uniform numbers below. */
    private static final double UNIFORM = 1 / Math.sqrt(3);

    private final double[] reflection = new double[MOST_COEFFICIENTS];
    private final double[] memory = new double[MOST_COEFFICIENTS + 1];
    private int order;
    private double wanted;
    private double gain;
    private boolean active;
    private long seed = 0x9E37_79B9_7F4A_7C15L;

    /** Takes a payload; {@code false} if there is no level in it. */
    boolean describe(byte[] bytes, int offset, int length) {
        if (length < 1) {
            return false;
        }
        int level = Math.min(bytes[offset] & 0x7F, 127);
        order = Math.min(length - 1, MOST_COEFFICIENTS);
        double left = 1;
        for (int i = 0; i < order; i++) {
            int number = Math.min(bytes[offset + 1 + i] & 0xFF, 254);
            reflection[i] = 258.0 * (number - 127) / 32_768;
            left *= 1 - reflection[i] * reflection[i];
        }
        wanted = 32_768 * Math.pow(10, -level / 20.0) * Math.sqrt(left) / UNIFORM;
        if (!active) {
            gain = wanted;
        }
        active = true;
        return true;
    }

    /** The sender speaks: what it said of its background counts no more. */
    void stop() {
        active = false;
    }

    boolean isActive() {
        return active;
    }

    /** Adds the noise to a block; interleaved channels get one noise after the other. */
    void addTo(short[] pcm, int offset, int samples) {
        for (int i = offset; i < offset + samples; i++) {
            gain += SMOOTHING * (wanted - gain);
            seed ^= seed << 13;
            seed ^= seed >>> 7;
            seed ^= seed << 17;
            double value = gain * ((seed >> 11) * 0x1.0p-52);
            for (int k = order - 1; k >= 0; k--) { // all-pole lattice
                value -= reflection[k] * memory[k];
                memory[k + 1] = memory[k] + reflection[k] * value;
            }
            memory[0] = value;
            pcm[i] = (short) Math.max(-32_768, Math.min(32_767, pcm[i] + value));
        }
    }
}
