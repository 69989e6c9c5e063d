package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.magnitude;
import static io.earshot.codec.gsm.Fixed.norm;
import static io.earshot.codec.gsm.Fixed.round;
import static io.earshot.codec.gsm.Fixed.saturate;

import java.util.Arrays;

/**
 * Predicts the residual of a subframe from that of up to 120 samples ago (GSM 06.10 §5.2.11, §5.2.12 and §5.2.18, §5.3.2). The past is
 * the first 120 elements of an array whose next 160 are the frame at hand, so that nothing is moved within a frame.
 */
final class LongTermPredictor {
    static final int MIN_LAG = 40;
    static final int MAX_LAG = 120;

    private static final int LAGS = MAX_LAG - MIN_LAG + 1;
    /** Table 5.3: decision levels between gains, and the gains. */
    private static final int[] DECISION = {6554, 16384, 26214};
    private static final int[] GAIN = {3277, 11469, 21299, 32767};

    private final int[] line = new int[MAX_LAG + Frame.SAMPLES];
    /** Cross-correlations, of the longest lag first. */
    private final int[] correlation = new int[LAGS];
    private final int[] scaled = new int[Frame.SUB_SAMPLES];

    void reset() {
        Arrays.fill(line, 0);
    }

    /** Returns the residual as the decoder will have it: of the frame at hand from {@link #MAX_LAG} on, of the past before. */
    int[] line() {
        return line;
    }

    /** Makes the frame at hand the past. */
    void nextFrame() {
        System.arraycopy(line, Frame.SAMPLES, line, 0, MAX_LAG);
    }

    /** Finds lag and gain for a subframe. */
    void search(int[] residual, int sub, Frame frame) {
        int from = sub * Frame.SUB_SAMPLES;
        int shift = scale(residual, from);
        correlate(MAX_LAG + from);
        int lag = MIN_LAG;
        int best = 0;
        for (int i = LAGS - 1; i >= 0; i--) { // of equals the shortest lag wins
            if (correlation[i] > best) {
                best = correlation[i];
                lag = MAX_LAG - i;
            }
        }
        frame.lag[sub] = lag;
        frame.gain[sub] = gain(best << 1 >> 6 - shift, MAX_LAG + from - lag);
    }

    /** Scales a subframe to at most ten bits, so that correlations do not overflow, and returns by how many bits. */
    private int scale(int[] residual, int from) {
        int largest = 0;
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            largest = Math.max(largest, magnitude(residual[from + k]));
        }
        int shift = largest == 0 ? 0 : Math.max(0, 6 - norm(largest << 16));
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            scaled[k] = residual[from + k] >> shift;
        }
        return shift;
    }

    /** All lags at once, sample by sample, which processors do many at a time. */
    private void correlate(int at) {
        Arrays.fill(correlation, 0);
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            int factor = scaled[k];
            int base = at + k - MAX_LAG;
            for (int i = 0; i < LAGS; i++) {
                correlation[i] += factor * line[base + i];
            }
        }
    }

    private int gain(int correlation, int at) {
        if (correlation <= 0) {
            return 0;
        }
        int power = 0;
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            int value = line[at + k] >> 3;
            power += value * value;
        }
        power <<= 1;
        if (correlation >= power) {
            return 3;
        }
        int shift = norm(power);
        int r = correlation << shift >> 16;
        int s = power << shift >> 16;
        int code = 0;
        while (code < 3 && r > s * DECISION[code] >> 15) {
            code++;
        }
        return code;
    }

    /**
     * Writes the prediction of a subframe into its place in {@link #line()}.
     *
     * @param lag 40 to 120
     */
    void predict(int sub, int lag, int gain) {
        int at = MAX_LAG + sub * Frame.SUB_SAMPLES;
        int factor = GAIN[gain];
        for (int k = 0; k < Frame.SUB_SAMPLES; k++) {
            line[at + k] = round(factor, line[at + k - lag]);
        }
    }

    /** Adds the decoded pulses of a subframe to its prediction, which completes its residual. */
    void add(int sub, int[] pulses, int grid) {
        int at = MAX_LAG + sub * Frame.SUB_SAMPLES + grid;
        for (int i = 0; i < Frame.PULSES; i++) {
            line[at + 3 * i] = saturate(line[at + 3 * i] + pulses[i]);
        }
    }
}
