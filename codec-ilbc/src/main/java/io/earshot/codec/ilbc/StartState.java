package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.ORDER;
import static io.earshot.codec.ilbc.IlbcTables.STATE_LEVELS;
import static io.earshot.codec.ilbc.IlbcTables.SUB_BLOCK;

import java.util.Arrays;

/**
 * The samples of most energy, coded one by one after an all-pass filter that spreads them out in time (RFC 3951 §3.5.2, §3.5.3, §4.2). One
 * instance per encoder or decoder, for its scratch memory.
 */
final class StartState {
    private static final int LONGEST = 58;
    private static final float FULL_SCALE = 4.5f;
    private static final float LEAST_PEAK = 10;

    private final float[] numerator = new float[ORDER + 1];
    private final float[] input = new float[ORDER + 2 * LONGEST];
    private final float[] output = new float[ORDER + 2 * LONGEST];

    /** Undoes the all-pass filter by running it over the reversed samples; what rings on is folded back to the front. */
    void construct(IlbcMode mode, int[] frame, float[] filters, int filterAt, float[] residual, int at) {
        int count = mode.stateSamples;
        float peak = (float) Math.pow(10, IlbcTables.SCALES[frame[mode.scale]]) / FULL_SCALE;
        Arrays.fill(input, 0);
        for (int k = 0; k < count; k++) {
            input[ORDER + k] = peak * STATE_LEVELS[frame[mode.state + count - 1 - k]];
        }
        allPass(count, filters, filterAt);
        for (int k = 0; k < count; k++) {
            residual[at + k] = output[ORDER + count - 1 - k] + output[ORDER + 2 * count - 1 - k];
        }
    }

    private void allPass(int count, float[] filters, int filterAt) {
        for (int k = 0; k <= ORDER; k++) {
            numerator[k] = filters[filterAt + ORDER - k];
        }
        Arrays.fill(output, 0, ORDER, 0);
        Filters.allZero(input, ORDER, 2 * count, numerator, 0, output, ORDER);
        Filters.allPole(output, ORDER, 2 * count, filters, filterAt);
    }

    /**
     * Finds scale and samples.
     *
     * @param filterAt where the filter of the first of the two sub-blocks begins, in both arrays
     */
    void quantise(IlbcMode mode, int[] frame, float[] filters, float[] weights, int filterAt, float[] residual, int at) {
        int count = mode.stateSamples;
        Arrays.fill(input, 0);
        System.arraycopy(residual, at, input, ORDER, count);
        allPass(count, filters, filterAt);
        float peak = LEAST_PEAK;
        for (int k = ORDER; k < ORDER + count; k++) {
            output[k] += output[k + count];
            peak = Math.max(peak, Math.abs(output[k]));
        }
        frame[mode.scale] = Filters.nearest(IlbcTables.SCALES, 1, (float) Math.log10(peak));
        float scale = FULL_SCALE / (float) Math.pow(10, IlbcTables.SCALES[frame[mode.scale]]);
        for (int k = ORDER; k < ORDER + count; k++) {
            output[k] *= scale;
        }
        int change = frame[mode.first] != 0 ? SUB_BLOCK : count - SUB_BLOCK;
        shape(mode, frame, weights, filterAt, change);
    }

    /** Chooses each level so that the weighted signal comes nearest; at {@code change} the next sub-block's filter takes over. */
    private void shape(IlbcMode mode, int[] frame, float[] weights, int filterAt, int change) {
        int count = mode.stateSamples;
        Filters.allPole(output, ORDER, change, weights, filterAt);
        Filters.allPole(output, ORDER + change, count - change, weights, filterAt + ORDER + 1);
        Arrays.fill(input, 0, ORDER, 0);
        for (int n = 0; n < count; n++) {
            int at = ORDER + n;
            input[at] = 0;
            Filters.allPole(input, at, 1, weights, n < change ? filterAt : filterAt + ORDER + 1);
            float predicted = input[at];
            int level = Filters.nearest(STATE_LEVELS, 1, output[at] - predicted);
            frame[mode.state + n] = level;
            input[at] = predicted + STATE_LEVELS[level];
        }
    }
}
