package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.POLYPHASE;

import java.util.Arrays;

/**
 * Strengthens what repeats in the excitation (RFC 3951 §4.6): each block of 80 samples is joined by up to three pitch cycles from before
 * and three from after it, as far as they resemble it. To look ahead it delays, by 40 samples in frames of 20 ms and by 80 in those of 30.
 */
class Enhancer {
    private static final int BLOCK = 80;
    private static final int BLOCKS = 8;
    private static final int LENGTH = BLOCK * BLOCKS;
    private static final int CYCLES = 3;
    private static final int SLOP = 2;
    private static final int REACH = 3;
    private static final int UPSAMPLING = 4;
    private static final int HALF = BLOCK / 2;
    private static final int HISTORY = 60;
    private static final int SHORTEST_LAG = 10;

    private final int samples;
    private final int newBlocks;
    private final int lookAhead;
    private final CycleMixer mixer = new CycleMixer(BLOCK, CYCLES);
    private final float[] past = new float[LENGTH];
    private final float[] lags = new float[BLOCKS];
    private final float[] halved = new float[HISTORY + 3 * HALF];
    private final float[] backward = new float[BLOCK];
    private final float[] starts = new float[2 * CYCLES + 1];
    private final int[] nearest = new int[2 * CYCLES + 1];
    private final float[] correlations = new float[2 * SLOP + 1];
    private final float[] segment = new float[BLOCK + 2 * REACH];
    private boolean lostBefore;

    Enhancer(IlbcMode mode) {
        samples = mode.samples;
        newBlocks = mode.lpcSets + 1;
        lookAhead = mode.lpcSets * HALF;
        reset();
    }

    void reset() {
        Arrays.fill(past, 0);
        Arrays.fill(lags, HALF);
        lostBefore = false;
    }

    /** Returns the delay, in sub-blocks. */
    int delay() {
        return lookAhead / IlbcTables.SUB_BLOCK;
    }

    /**
     * Takes the excitation of a frame and gives what is to be synthesised now.
     *
     * @param lost whether the excitation was made up
     * @return the pitch lag at the frame's end
     */
    int enhance(float[] residual, float[] out, boolean lost) {
        System.arraycopy(past, samples, past, 0, LENGTH - samples);
        System.arraycopy(residual, 0, past, LENGTH - samples, samples);
        System.arraycopy(lags, newBlocks, lags, 0, BLOCKS - newBlocks);
        int lag = findLags();
        if (lostBefore) {
            mixBackward(residual);
        }
        lostBefore = lost;
        for (int i = 0; i < samples / BLOCK; i++) {
            block(LENGTH - samples - lookAhead + i * BLOCK, out, i * BLOCK);
        }
        return lag;
    }

    /** Searches the pitch of the new blocks at half the sample rate. */
    private int findLags() {
        int from = LENGTH - newBlocks * BLOCK - 2 * HISTORY;
        int count = HISTORY + newBlocks * HALF;
        for (int k = 0; k < count; k++) {
            float sum = 0;
            for (int j = -REACH; j <= REACH && from + 2 * k + j < LENGTH; j++) {
                sum += IlbcTables.LOW_PASS[j + REACH] * past[from + 2 * k + j];
            }
            halved[k] = sum;
        }
        int best = SHORTEST_LAG;
        for (int block = 0; block < newBlocks; block++) {
            int at = HISTORY + block * HALF;
            float highest = -1;
            for (int lag = SHORTEST_LAG; lag < HISTORY; lag++) {
                float match = match(halved, at, halved, at - lag, HALF);
                if (match > highest) {
                    highest = match;
                    best = lag;
                }
            }
            lags[BLOCKS - newBlocks + block] = best * 2;
        }
        return best * 2;
    }

    private static float match(float[] target, int at, float[] other, int otherAt, int count) {
        float cross = Filters.dot(target, at, other, otherAt, count);
        return cross > 0 ? cross * cross / Filters.dot(other, otherAt, other, otherAt, count) : 0;
    }

    /** Behind a lost frame: blends what was made up last, which has not been played yet, into what the new frame says of that time. */
    private void mixBackward(float[] residual) {
        int first = BLOCKS - newBlocks;
        int lag = nearestLag(residual, (int) lags[first]);
        lags[first - 1] = lag;
        int end = LENGTH - samples;
        for (int i = 0; i < lookAhead; i++) {
            int back = i + 1; // samples before the new frame
            backward[lookAhead - 1 - i] = back <= lag ? residual[lag - back] : past[end - (back - lag)];
        }
        float made = rms(past, end - lookAhead, lookAhead);
        float now = rms(backward, 0, lookAhead);
        float limit = now > 2 * made && now > 0 ? 2 * made / now : 1;
        for (int i = 0; i < lookAhead; i++) {
            int ramp = i - (lookAhead - 10);
            backward[i] *= ramp < 0 ? limit : limit + ramp * (1 - limit) / 10;
            float weight = (lookAhead - i) / (float) (lookAhead + 1);
            int at = end - lookAhead + i;
            past[at] = weight * past[at] + (1 - weight) * backward[i];
        }
    }

    private int nearestLag(float[] residual, int middle) {
        int best = middle;
        float highest = -1;
        for (int lag = middle - 1; lag <= middle + 1; lag++) {
            float match = lag + lookAhead <= samples ? match(residual, 0, residual, lag, lookAhead) : 0;
            if (match > highest) {
                highest = match;
                best = lag;
            }
        }
        return best;
    }

    private static float rms(float[] x, int at, int count) {
        return (float) Math.sqrt(Filters.dot(x, at, x, at, count) / count);
    }

    /** Gathers the cycles around a block, going from one to the next by the lag that holds where one has arrived. */
    private void block(int at, float[] out, int outAt) {
        float[] cycles = mixer.cycles();
        System.arraycopy(past, at, cycles, CYCLES * BLOCK, BLOCK);
        starts[CYCLES] = at;
        nearest[CYCLES] = nearestBlock(at + HALF - 0.5f, false);
        for (int q = CYCLES - 1; q >= 0; q--) {
            float lag = lags[nearest[q + 1]];
            starts[q] = starts[q + 1] - lag;
            nearest[q] = nearestBlock(starts[q] + HALF - lag, false);
            if (starts[q] - 2 >= 0) {
                refine(q, at);
            } else {
                Arrays.fill(cycles, q * BLOCK, (q + 1) * BLOCK, 0);
            }
        }
        for (int q = CYCLES + 1; q <= 2 * CYCLES; q++) {
            nearest[q] = nearestBlock(starts[q - 1] + HALF, true);
            starts[q] = starts[q - 1] + lags[nearest[q]];
            if (starts[q] + BLOCK + 2 < LENGTH) {
                refine(q, at);
            } else {
                Arrays.fill(cycles, q * BLOCK, (q + 1) * BLOCK, 0);
            }
        }
        mixer.mix(out, outAt);
    }

    /** Returns the block whose middle lies nearest, or the one that does when all are moved back by their lags. */
    private int nearestBlock(float place, boolean moved) {
        int best = 0;
        float least = Float.MAX_VALUE;
        for (int i = 0; i < BLOCKS; i++) {
            float middle = HALF + i * BLOCK - (moved ? lags[i] : 0);
            float distance = (middle - place) * (middle - place);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Finds, to a quarter of a sample, where the cycle matches the block best, and takes it from there. */
    private void refine(int q, int at) {
        int middle = (int) (starts[q] - 0.5f);
        int from = Math.max(0, middle - SLOP);
        int to = Math.min(middle + SLOP, LENGTH - BLOCK - 1);
        int count = to - from + 1;
        for (int i = 0; i < count; i++) {
            correlations[i] = Filters.dot(past, from + i, past, at, BLOCK);
        }
        int best = bestQuarter(count);
        starts[q] = from + best / (float) UPSAMPLING + 1;
        int whole = (best + UPSAMPLING - 1) / UPSAMPLING;
        float[] filter = POLYPHASE[whole * UPSAMPLING - best];
        int begin = from + whole - REACH;
        for (int i = 0; i < segment.length; i++) {
            int place = begin + i;
            segment[i] = place >= 0 && place < LENGTH ? past[place] : 0;
        }
        for (int i = 0; i < BLOCK; i++) {
            mixer.cycles()[q * BLOCK + i] = Filters.dot(segment, i, filter, 0, filter.length);
        }
    }

    /** Interpolates the correlations and returns the place of the greatest, in quarters. */
    private int bestQuarter(int count) {
        int reach = Math.min(REACH, count / 2);
        int best = 0;
        float highest = -Float.MAX_VALUE;
        for (int i = 0; i < count * UPSAMPLING; i++) {
            float[] filter = POLYPHASE[i % UPSAMPLING];
            float sum = 0;
            for (int k = -reach; k <= reach; k++) {
                int place = i / UPSAMPLING - k;
                sum += place >= 0 && place < count ? correlations[place] * filter[k + REACH] : 0;
            }
            if (sum > highest) {
                highest = sum;
                best = i;
            }
        }
        return best;
    }
}
