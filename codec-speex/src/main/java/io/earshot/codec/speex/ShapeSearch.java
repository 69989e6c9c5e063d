package io.earshot.codec.speex;

import java.util.Arrays;

/** Finds the shapes of a subframe that sound most like what is wanted, with a few candidates kept from vector to vector. */
final class ShapeSearch {
    private static final int SUBFRAME = 40;
    private static final int LARGEST = 256;
    private static final int WIDEST = 20;
    private static final int MOST = 8;
    /** Candidates kept. */
    private static final int KEPT = 2;

    private final float[][] weighted = new float[WIDEST][LARGEST];
    private final float[] energy = new float[LARGEST];
    private final float[] distance = new float[LARGEST];
    private float[][] wanted = new float[KEPT][SUBFRAME];
    private float[][] nextWanted = new float[KEPT][SUBFRAME];
    private int[][] chosen = new int[KEPT][MOST];
    private int[][] nextChosen = new int[KEPT][MOST];
    private float[] error = new float[KEPT];
    private float[] nextError = new float[KEPT];
    private final int[] entry = new int[KEPT];
    private final int[] parent = new int[KEPT];
    private float base;
    private int position;

    /** Weighs all vectors with the response of the filters; this holds for a subframe. */
    void weigh(ShapeCodebook book, float[] response) {
        Arrays.fill(energy, 0, book.entries, 0);
        for (int j = 0; j < book.size; j++) {
            float[] row = weighted[j];
            Arrays.fill(row, 0, book.entries, 0);
            for (int k = 0; k <= j; k++) {
                Filters.add(response[j - k], book.samples[k], 0, row, 0, book.entries);
            }
            for (int i = 0; i < book.entries; i++) {
                energy[i] += row[i] * row[i];
            }
        }
    }

    /** Writes the shapes that come nearest to the target, and adds them to the excitation, both of 40 samples. */
    void search(ShapeCodebook book, float[] target, float[] response, BitWriter bits, float[] excitation) {
        System.arraycopy(target, 0, wanted[0], 0, SUBFRAME);
        error[0] = 0;
        int candidates = 1;
        for (int vector = 0; vector < book.count; vector++) {
            Arrays.fill(nextError, Float.MAX_VALUE);
            for (int candidate = 0; candidate < candidates; candidate++) {
                compare(book, wanted[candidate], vector * book.size);
                best(book, candidate);
            }
            for (int i = 0; i < KEPT; i++) {
                settle(book, vector, i, response);
            }
            swap();
            candidates = KEPT;
        }
        for (int vector = 0; vector < book.count; vector++) {
            int code = chosen[0][vector];
            bits.write(code, book.bits + (book.signed ? 1 : 0));
            float gain = code >= book.entries ? -1 : 1;
            int row = code % book.entries;
            for (int j = 0; j < book.size; j++) {
                excitation[vector * book.size + j] += gain * book.samples[j][row];
            }
        }
    }

    /** Sets how far each vector is off, less what all have in common. */
    private void compare(ShapeCodebook book, float[] from, int at) {
        int n = book.entries;
        Arrays.fill(distance, 0, n, 0);
        for (int j = 0; j < book.size; j++) {
            Filters.add(from[at + j], weighted[j], 0, distance, 0, n);
        }
        if (book.signed) {
            for (int i = 0; i < n; i++) {
                distance[i] = .5f * energy[i] - Math.abs(distance[i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                distance[i] = .5f * energy[i] - distance[i];
            }
        }
        float common = 0;
        for (int j = 0; j < book.size; j++) {
            common += from[at + j] * from[at + j];
        }
        base = .5f * common;
        position = at;
    }

    private void best(ShapeCodebook book, int candidate) {
        float soFar = error[candidate] + base;
        float limit = nextError[KEPT - 1];
        for (int i = 0; i < book.entries; i++) {
            float total = soFar + distance[i];
            if (total < limit) {
                int slot = KEPT - 1;
                while (slot > 0 && total < nextError[slot - 1]) {
                    nextError[slot] = nextError[slot - 1];
                    entry[slot] = entry[slot - 1];
                    parent[slot] = parent[slot - 1];
                    slot--;
                }
                nextError[slot] = total;
                entry[slot] = i;
                parent[slot] = candidate;
                limit = nextError[KEPT - 1];
            }
        }
    }

    /** Takes what a vector sounds like behind itself from what is wanted there. */
    private void settle(ShapeCodebook book, int vector, int slot, float[] response) {
        int row = entry[slot];
        float[] before = wanted[parent[slot]];
        float[] after = nextWanted[slot];
        boolean turned = book.signed && product(book, before, row) <= 0;
        int behind = (vector + 1) * book.size;
        System.arraycopy(before, behind, after, behind, SUBFRAME - behind);
        for (int j = 0; j < book.size; j++) {
            float gain = turned ? book.samples[j][row] : -book.samples[j][row];
            Filters.add(gain, response, book.size - j, after, behind, SUBFRAME - behind);
        }
        System.arraycopy(chosen[parent[slot]], 0, nextChosen[slot], 0, vector);
        nextChosen[slot][vector] = turned ? row + book.entries : row;
    }

    private float product(ShapeCodebook book, float[] from, int row) {
        float sum = 0;
        for (int j = 0; j < book.size; j++) {
            sum += from[position + j] * weighted[j][row];
        }
        return sum;
    }

    private void swap() {
        float[][] targets = wanted;
        wanted = nextWanted;
        nextWanted = targets;
        int[][] codes = chosen;
        chosen = nextChosen;
        nextChosen = codes;
        float[] errors = error;
        error = nextError;
        nextError = errors;
    }
}
