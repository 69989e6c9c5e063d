package io.earshot.codec.speex;

import java.util.Arrays;

/** Finds the delays at which sound repeats itself: roughly, for a whole frame, and exactly, with taps, for a subframe. */
final class PitchSearch {
    private static final int SUBFRAME = NarrowDecoder.SUBFRAME;
    private static final int SHORTEST = NarrowDecoder.SHORTEST_DELAY;
    private static final int LONGEST = NarrowDecoder.LONGEST_DELAY;
    private static final int DELAYS = LONGEST - SHORTEST + 1;
    private static final int ROUGH = 6;
    private static final int EXACT = 3;
    private static final float MUCH = 262_144;
    private static final int BOUND = 31;
    /** Larger gains cost something, since losses are then heard longer. */
    private static final float CAUTION = .52f;

    private final Weighting filters;
    private final float[] sound;
    private final float[] excitation;
    private final float[] target;
    private final float[] out;
    private final float[] product = new float[DELAYS];
    private final float[] energy = new float[DELAYS];
    private final int[] best = new int[ROUGH];
    private final float[] bestScore = new float[ROUGH];
    private final float[] bestEnergy = new float[ROUGH];
    private final float[][] echo = new float[3][SUBFRAME];
    private final float[] found = new float[SUBFRAME];
    private final float[] remainder = new float[SUBFRAME];
    private final float[] bestRemainder = new float[SUBFRAME];
    private final float[] taps = new float[3];
    private final float[] match = new float[3];
    private float gathered = 1_024;
    private float roughGain;
    private int entry;

    /**
     * Shares the arrays of an encoder: of the weighted sound and of the excitation the past and the frame, and what of a subframe is
     * wanted and is found.
     */
    PitchSearch(Weighting filters, float[] sound, float[] excitation, float[] target, float[] out) {
        this.filters = filters;
        this.sound = sound;
        this.excitation = excitation;
        this.target = target;
        this.out = out;
    }

    /** Returns the delay at which a frame of weighted sound repeats itself best, rather a part of it than a multiple. */
    int rough(int at) {
        int n = NarrowDecoder.FRAME;
        nearest(at, SHORTEST, LONGEST, n, ROUGH);
        float whole = (float) Math.sqrt(Filters.dot(sound, at, sound, at, n));
        float first = gain(best[0], whole);
        int delay = best[0];
        for (int i = 1; i < ROUGH; i++) {
            int other = best[i];
            boolean part = Math.abs(2 * other - delay) <= 2 || Math.abs(3 * other - delay) <= 3 || Math.abs(4 * other - delay) <= 4
                || Math.abs(5 * other - delay) <= 5;
            if (part && gain(other, whole) > .85f * first) {
                delay = other;
            }
        }
        roughGain = first;
        return delay;
    }

    /** Returns how much of the frame that repetition explains, from 0 to 1. */
    float roughGain() {
        return roughGain;
    }

    private float gain(int delay, float whole) {
        int i = delay - SHORTEST;
        return Math.max(0, product[i] / (10 + whole * (float) Math.sqrt(energy[i])));
    }

    /** Sets the best delays, best first. */
    private void nearest(int at, int from, int to, int n, int count) {
        int delays = to - from + 1;
        int low = from - SHORTEST;
        Arrays.fill(product, low, low + delays, 0);
        // index by falling delay, so that the loop runs forward through the sound; turned over below
        float sum = Filters.dot(sound, at - from, sound, at - from, n);
        for (int i = 0; i < delays; i++) {
            energy[low + i] = Math.max(0, sum);
            float in = sound[at - from - i - 1];
            float out = sound[at - from - i - 1 + n];
            sum = Math.max(0, sum + in * in - out * out);
        }
        for (int j = 0; j < n; j++) {
            Filters.add(sound[at + j], sound, at + j - to, product, low, delays);
        }
        for (int i = 0, k = delays - 1; i < k; i++, k--) {
            float one = product[low + i];
            product[low + i] = product[low + k];
            product[low + k] = one;
        }
        Arrays.fill(bestScore, 0, count, -1);
        Arrays.fill(bestEnergy, 0, count, 0);
        Arrays.fill(best, 0, count, from);
        for (int i = 0; i < delays; i++) {
            float score = product[low + i] * product[low + i];
            float norm = energy[low + i] + 1;
            int slot = count;
            while (slot > 0 && score * bestEnergy[slot - 1] > bestScore[slot - 1] * norm) {
                if (slot < count) {
                    bestScore[slot] = bestScore[slot - 1];
                    bestEnergy[slot] = bestEnergy[slot - 1];
                    best[slot] = best[slot - 1];
                }
                slot--;
            }
            if (slot < count) {
                bestScore[slot] = score;
                bestEnergy[slot] = norm;
                best[slot] = from + i;
            }
        }
    }

    /** Uses one delay and gain; takes what they give from the target. */
    void force(int delay, float gain, int at) {
        float held = Math.min(gain, .99f);
        for (int i = 0; i < SUBFRAME; i++) {
            out[i] = held * (i < delay ? excitation[at + i - delay] : out[i - delay]);
        }
        filters.respond(out, remainder);
        for (int i = 0; i < SUBFRAME; i++) {
            target[i] -= remainder[i];
        }
    }

    /** Writes delay and taps of a subframe; takes what they give from the target. */
    void search(NarrowMode mode, int from, int to, int at, BitWriter bits) {
        TapCodebook book = mode.taps();
        if (to < from) {
            bits.write(0, mode.delayBits());
            bits.write(0, book.bits);
            Arrays.fill(out, 0);
            return;
        }
        int count = Math.min(EXACT, to - from + 1);
        best[0] = from;
        if (to > from) {
            nearest(at, from, to, SUBFRAME, count);
        }
        float least = -1;
        int delay = from;
        int set = 0;
        for (int i = 0; i < count; i++) {
            float error = attempt(book, best[i], at);
            if (least < 0 || error < least) {
                least = error;
                delay = best[i];
                set = entry;
                System.arraycopy(found, 0, out, 0, SUBFRAME);
                System.arraycopy(remainder, 0, bestRemainder, 0, SUBFRAME);
            }
        }
        bits.write(delay - from, mode.delayBits());
        bits.write(set, book.bits);
        gathered = Math.min(1e12f, .03125f * Math.max(1_024, gathered) * book.sum(set));
        System.arraycopy(bestRemainder, 0, target, 0, SUBFRAME);
    }

    /** Finds the taps for a delay; returns what is left of the target's energy. */
    private float attempt(TapCodebook book, int delay, int at) {
        float[] latest = echo[2];
        int lag = delay - 1;
        int once = Math.min(SUBFRAME, lag);
        int again = Math.min(SUBFRAME, lag + delay);
        System.arraycopy(excitation, at - lag, latest, 0, once);
        for (int i = once; i < again; i++) {
            latest[i] = excitation[at + i - lag - delay];
        }
        Arrays.fill(latest, again, SUBFRAME, 0);
        filters.respond(latest, latest);
        for (int i = 1; i >= 0; i--) {
            float ahead = excitation[at - delay - 1 + i];
            echo[i][0] = filters.response[0] * ahead;
            System.arraycopy(echo[i + 1], 0, echo[i], 1, SUBFRAME - 1);
            Filters.add(ahead, filters.response, 1, echo[i], 1, SUBFRAME - 1);
        }
        entry = taps(book);
        for (int i = 0; i < 3; i++) {
            taps[i] = book.tap(entry, i);
        }
        PitchDecoder.predict(taps, delay, excitation, at, found);
        for (int i = 0; i < SUBFRAME; i++) {
            remainder[i] = target[i] - (taps[0] * latest[i] + taps[1] * echo[1][i] + taps[2] * echo[0][i]);
        }
        return Filters.dot(remainder, 0, remainder, 0, SUBFRAME);
    }

    private int taps(TapCodebook book) {
        for (int i = 0; i < 3; i++) {
            match[i] = Filters.dot(echo[2 - i], 0, target, 0, SUBFRAME);
        }
        float c01 = Filters.dot(echo[2], 0, echo[1], 0, SUBFRAME);
        float c12 = Filters.dot(echo[1], 0, echo[0], 0, SUBFRAME);
        float c02 = Filters.dot(echo[2], 0, echo[0], 0, SUBFRAME);
        float c00 = CAUTION * Filters.dot(echo[2], 0, echo[2], 0, SUBFRAME);
        float c11 = CAUTION * Filters.dot(echo[1], 0, echo[1], 0, SUBFRAME);
        float c22 = CAUTION * Filters.dot(echo[0], 0, echo[0], 0, SUBFRAME);
        int highest = gathered > MUCH ? BOUND : Integer.MAX_VALUE;
        int chosen = 0;
        float most = -Float.MAX_VALUE;
        for (int i = 0; i < book.entries(); i++) {
            float a = book.tap(i, 0);
            float b = book.tap(i, 1);
            float c = book.tap(i, 2);
            float sum = a * (match[0] - b * c01 - c * c02 - a * c00) + b * (match[1] - c * c12 - b * c11) + c * (match[2] - c * c22);
            if (sum > most && book.sum(i) <= highest) {
                most = sum;
                chosen = i;
            }
        }
        return chosen;
    }
}
