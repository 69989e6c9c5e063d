package io.github.jaredmdobson.concentus;

import java.util.Arrays;

/** What a coder keeps of a stream, cleared for the next one instead of made anew: a stream may change its mode with every packet. */
final class Reuse {
    private Reuse() {
    }

    /** Returns zeros: the same array if it has the size. */
    static int[] ints(int[] kept, int size) {
        if (kept == null || kept.length != size) {
            return new int[size];
        }
        Arrays.fill(kept, 0);
        return kept;
    }

    /** Returns so many rows, those that are there among them. */
    static int[][] rows(int[][] kept, int rows) {
        return kept == null || kept.length != rows ? new int[rows][] : kept;
    }

    /** Returns rows of zeros. */
    static int[][] grid(int[][] kept, int rows, int size) {
        int[][] grid = rows(kept, rows);
        for (int i = 0; i < rows; i++) {
            grid[i] = ints(grid[i], size);
        }
        return grid;
    }
}
