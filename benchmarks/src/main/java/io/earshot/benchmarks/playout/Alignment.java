package io.earshot.benchmarks.playout;

import java.util.Arrays;

/**
 * Finds where each piece of what was said is heard, and puts what was heard back to those places, so that a time-scaled copy can be
 * compared with its original. Pieces are 100 ms with a search window of 160 ms; lags are found by normalised correlation, near the lag
 * of the piece before first.
 */
final class Alignment {
    private static final int PIECE = 400;
    private static final int WINDOW = 1280;
    private static final int NEAR = 400;
    private static final int FARTHEST = 5200;

    private final short[] said;
    private final short[] heard;
    private final int[] lags;
    private final boolean[] sure;

    Alignment(short[] said, short[] heard) {
        this.said = said;
        this.heard = heard;
        lags = new int[said.length / PIECE];
        sure = new boolean[lags.length];
        int last = 0;
        boolean known = false;
        for (int i = 0; i < lags.length; i++) {
            int from = i * PIECE + PIECE / 2 - WINDOW / 2;
            double best = 0;
            int lag = last;
            if (known) {
                int near = search(from, Math.max(0, last - NEAR), last + NEAR);
                lag = near;
                best = likeness(from, near, 1);
            }
            if (best < 0.5) {
                int far = search(from, 0, FARTHEST);
                double likeness = likeness(from, far, 1);
                if (likeness > Math.max(0.7, best + 0.2)) {
                    lag = far;
                    best = likeness;
                }
            }
            sure[i] = best > 0.6;
            known |= sure[i];
            last = sure[i] ? lag : last;
            lags[i] = last;
        }
    }

    private int search(int from, int first, int end) {
        int best = first;
        double bestLikeness = -1;
        for (int lag = first; lag < end; lag += 2) {
            double likeness = likeness(from, lag, 4);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = lag;
            }
        }
        int centre = best;
        bestLikeness = -1;
        for (int lag = Math.max(0, centre - 3); lag <= centre + 3; lag++) {
            double likeness = likeness(from, lag, 1);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = lag;
            }
        }
        return best;
    }

    private double likeness(int from, int lag, int step) {
        double product = 0;
        double first = 1e4;
        double second = 1e4;
        for (int i = Math.max(0, from); i < from + WINDOW && i < said.length && i + lag < heard.length; i += step) {
            product += said[i] * heard[i + lag];
            first += said[i] * said[i];
            second += heard[i + lag] * heard[i + lag];
        }
        return product / Math.sqrt(first * second);
    }

    /** Returns what was heard, every piece at its place. */
    short[] straightened() {
        double[] sum = new double[said.length];
        double[] weight = new double[said.length];
        for (int i = 0; i < lags.length; i++) {
            for (int k = -PIECE / 4; k < PIECE + PIECE / 4; k++) {
                int at = i * PIECE + k;
                if (at >= 0 && at < said.length && at + lags[i] < heard.length) {
                    double w = Math.sin(Math.PI * (k + PIECE / 4 + 0.5) / (PIECE * 1.5));
                    sum[at] += w * heard[at + lags[i]];
                    weight[at] += w;
                }
            }
        }
        short[] out = new short[said.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) (weight[i] == 0 ? 0 : sum[i] / weight[i]);
        }
        return out;
    }

    /** Returns the lags of the pieces from a sample on that were recognised, in samples, sorted. */
    int[] sortedLags(int from) {
        int[] out = new int[lags.length];
        int count = 0;
        for (int i = from / PIECE; i < lags.length; i++) {
            if (sure[i]) {
                out[count++] = lags[i];
            }
        }
        out = Arrays.copyOf(out, count);
        Arrays.sort(out);
        return out;
    }
}
