package io.earshot.codec.g722;

import java.util.Arrays;

/**
 * Continues what was heard by repeating its last pitch period, 2.5 to 15 ms. Works at 16 kHz.
 */
final class Extrapolation {
    private static final int MIN_LAG = 40;
    private static final int MAX_LAG = 240;
    private static final int WINDOW = 160;
    /** Less alike than this, squared and in 64ths, what seems a period is chance, and a short one would buzz. */
    private static final int VOICED = 6;

    private final short[] past = new short[MAX_LAG + WINDOW];
    private final short[] cycle = new short[MAX_LAG];
    private int lag;
    private int phase;

    void reset() {
        Arrays.fill(past, (short) 0);
    }

    /** Remembers the newest of what was played. */
    void remember(short[] pcm, int offset, int samples) {
        int count = Math.min(samples, past.length);
        System.arraycopy(past, count, past, 0, past.length - count);
        System.arraycopy(pcm, offset + samples - count, past, past.length - count, count);
    }

    /** Begins anew from what is remembered. */
    void start() {
        lag = findLag();
        phase = 0;
        int from = past.length - lag;
        System.arraycopy(past, from, cycle, 0, lag);
        int overlap = lag / 4;
        for (int i = 0; i < overlap; i++) { // the end of the cycle leads over to its beginning
            int at = lag - overlap + i;
            cycle[at] = (short) ((cycle[at] * (overlap - i) + past[from - overlap + i] * i) / overlap);
        }
    }

    /** Writes the next samples. */
    void generate(short[] pcm, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            pcm[offset + i] = cycle[phase++];
            phase = phase == lag ? 0 : phase;
        }
    }

    /** Returns the shift by which the last 10 ms resemble what was before them most. */
    private int findLag() {
        int from = past.length - WINDOW;
        int best = MAX_LAG;
        double most = 0;
        long energy = 0;
        for (int i = from; i < past.length; i += 2) {
            energy += past[i] * past[i];
        }
        for (int candidate = MIN_LAG; candidate <= MAX_LAG; candidate++) {
            long alike = 0;
            long there = 0;
            for (int i = 0; i < WINDOW; i += 2) {
                int value = past[from - candidate + i];
                alike += past[from + i] * value;
                there += value * value;
            }
            double likeness = alike <= 0 ? 0 : (double) alike * alike / (there + 1.0);
            if (likeness > most) {
                most = likeness;
                best = candidate;
            }
        }
        return most * 64 < (double) VOICED * energy ? MAX_LAG : best;
    }
}
