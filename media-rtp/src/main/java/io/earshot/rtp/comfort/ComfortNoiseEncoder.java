package io.earshot.rtp.comfort;

/**
 * Describes noise so that the other side can make some that sounds alike: its level, and the shape of its spectrum as reflection
 * coefficients (RFC 3389 §3). It listens to the pause for as long as it lasts; the last tenth of a second counts most.
 */
public final class ComfortNoiseEncoder {
    /** The most bytes of a description: a level and ten coefficients. */
    public static final int MOST_BYTES = 11;

    private static final int ORDER = MOST_BYTES - 1;
    private static final int QUIETEST = 127;
    private static final double OVERLOAD = 32768.0 * 32768.0;
    private static final double KEPT = 0.8;
    /** White noise of -40 dB below the signal, which keeps the recursion stable. */
    private static final double WHITENING = 1.0001;

    private final double[] correlation = new double[ORDER + 1];
    private final double[] predictor = new double[ORDER + 1];
    private final double[] before = new double[ORDER + 1];
    private double weight;

    /** Makes an encoder that has heard nothing yet. */
    public ComfortNoiseEncoder() {
    }

    /** Forgets what it has heard: another pause begins. */
    public void reset() {
        java.util.Arrays.fill(correlation, 0);
        weight = 0;
    }

    /** Listens to a block of the pause. */
    public void add(short[] pcm, int offset, int samples) {
        for (int lag = 0; lag <= ORDER; lag++) {
            double sum = 0;
            for (int i = offset + lag; i < offset + samples; i++) {
                sum += pcm[i] * pcm[i - lag];
            }
            correlation[lag] = KEPT * correlation[lag] + sum;
        }
        weight = KEPT * weight + samples;
    }

    /** Returns the level in dB below overload, 0 to 127. */
    public int level() {
        double power = weight == 0 ? 0 : correlation[0] / weight;
        return power <= 0 ? QUIETEST : (int) Math.max(0, Math.min(QUIETEST, Math.round(-10 * Math.log10(power / OVERLOAD))));
    }

    /**
     * Writes the description.
     *
     * @param out has room for {@link #MOST_BYTES} from {@code offset}
     * @return the bytes written
     */
    public int write(byte[] out, int offset) {
        out[offset] = (byte) level();
        if (correlation[0] <= 0) {
            return 1;
        }
        double error = correlation[0] * WHITENING;
        java.util.Arrays.fill(predictor, 0);
        predictor[0] = 1;
        for (int i = 1; i <= ORDER; i++) {
            double sum = 0;
            for (int j = 0; j < i; j++) {
                sum += predictor[j] * correlation[i - j];
            }
            double reflection = Math.max(-0.98, Math.min(0.98, -sum / error));
            out[offset + i] = (byte) quantised(reflection);
            System.arraycopy(predictor, 0, before, 0, i + 1);
            for (int j = 1; j <= i; j++) {
                predictor[j] = before[j] + reflection * before[i - j];
            }
            error *= 1 - reflection * reflection;
        }
        return MOST_BYTES;
    }

    /** 127 stands for 0, and a step is 258/32768 (RFC 3389 §3.2). */
    private static int quantised(double reflection) {
        return (int) Math.max(0, Math.min(254, Math.round(reflection * 32768 / 258) + 127));
    }
}
