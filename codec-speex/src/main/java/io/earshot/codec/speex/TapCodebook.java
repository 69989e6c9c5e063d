package io.earshot.codec.speex;

/** Sets of three taps of a pitch predictor. */
final class TapCodebook {
    private static final int ROW = 4;

    /** Bits of the number of a set. */
    final int bits;
    private final byte[] table;
    private final float[] taps;

    TapCodebook(byte[] table, int bits) {
        this.table = table;
        this.bits = bits;
        taps = new float[3 << bits];
        for (int i = 0; i < taps.length; i++) {
            taps[i] = 0.015625f * table[i / 3 * ROW + i % 3] + .5f;
        }
    }

    int entries() {
        return 1 << bits;
    }

    /** Returns the tap 0 to 2; 0 belongs to the shortest delay. */
    float tap(int entry, int which) {
        return taps[3 * entry + which];
    }

    /** Returns how much the set amplifies, in steps of 1/32. */
    int sum(int entry) {
        return table[entry * ROW + 3];
    }
}
