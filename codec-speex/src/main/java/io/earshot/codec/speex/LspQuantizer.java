package io.earshot.codec.speex;

/** Line spectral pairs in bits: three or five codebooks of 64 vectors for narrowband, two for the layers above. */
final class LspQuantizer {
    private static final int VECTORS = 64;
    private static final int BITS = 6;
    private static final double[] STEPS = {0.0039062, 0.0019531, 0.00097656};

    private final float[] rest = new float[Filters.ORDER];
    private final float[] weights = new float[Filters.ORDER];

    /** Reads the pairs of a narrowband frame: 30 bits if fine, else 18. */
    static void readNarrow(BitReader bits, boolean fine, float[] lsp) {
        for (int i = 0; i < 10; i++) {
            lsp[i] = .25f * i + .25f;
        }
        stage(LspTables.ALL, bits, 0, 10, STEPS[0], lsp);
        stage(LspTables.LOW, bits, 0, 5, STEPS[1], lsp);
        if (fine) {
            stage(LspTables.LOW_FINE, bits, 0, 5, STEPS[2], lsp);
        }
        stage(LspTables.HIGH, bits, 5, 5, STEPS[1], lsp);
        if (fine) {
            stage(LspTables.HIGH_FINE, bits, 5, 5, STEPS[2], lsp);
        }
    }

    /** Reads the eight pairs of a layer above: 12 bits. */
    static void readBand(BitReader bits, float[] lsp) {
        for (int i = 0; i < 8; i++) {
            lsp[i] = .3125f * i + .75f;
        }
        stage(LspTables.BAND, bits, 0, 8, STEPS[0], lsp);
        stage(LspTables.BAND_FINE, bits, 0, 8, STEPS[1], lsp);
    }

    private static void stage(byte[] codebook, BitReader bits, int from, int size, double step, float[] lsp) {
        int row = bits.read(BITS) * size;
        for (int i = 0; i < size; i++) {
            lsp[from + i] = (float) (lsp[from + i] + step * codebook[row + i]);
        }
    }

    /** Writes the pairs of a narrowband frame, and tells what a reader will make of them. */
    void writeNarrow(float[] lsp, boolean fine, BitWriter bits, float[] quantized) {
        weigh(lsp, 10);
        for (int i = 0; i < 10; i++) {
            rest[i] = 256 * (lsp[i] - (.25f * i + .25f));
        }
        bits.write(nearest(LspTables.ALL, 0, 10, false), BITS);
        twice(0, 10);
        bits.write(nearest(LspTables.LOW, 0, 5, true), BITS);
        if (fine) {
            twice(0, 5);
            bits.write(nearest(LspTables.LOW_FINE, 0, 5, true), BITS);
        }
        bits.write(nearest(LspTables.HIGH, 5, 5, true), BITS);
        if (fine) {
            twice(5, 5);
            bits.write(nearest(LspTables.HIGH_FINE, 5, 5, true), BITS);
        }
        back(lsp, 10, STEPS[fine ? 2 : 1], quantized);
    }

    /** Writes the pairs of a layer above. */
    void writeBand(float[] lsp, BitWriter bits, float[] quantized) {
        weigh(lsp, 8);
        for (int i = 0; i < 8; i++) {
            rest[i] = 256 * (lsp[i] - (.3125f * i + .75f));
        }
        bits.write(nearest(LspTables.BAND, 0, 8, false), BITS);
        twice(0, 8);
        bits.write(nearest(LspTables.BAND_FINE, 0, 8, true), BITS);
        back(lsp, 8, STEPS[1], quantized);
    }

    /** What is close together is heard most. */
    private void weigh(float[] lsp, int order) {
        for (int i = 0; i < order; i++) {
            float below = i == 0 ? lsp[0] : lsp[i] - lsp[i - 1];
            float above = i == order - 1 ? (float) Math.PI - lsp[i] : lsp[i + 1] - lsp[i];
            weights[i] = 10 / (.04f + Math.min(below, above));
        }
    }

    private void twice(int from, int size) {
        for (int i = from; i < from + size; i++) {
            rest[i] *= 2;
        }
    }

    /** Finds the nearest vector and takes it from the rest. */
    private int nearest(byte[] codebook, int from, int size, boolean weighted) {
        int best = 0;
        float least = Float.MAX_VALUE;
        for (int row = 0; row < VECTORS; row++) {
            float distance = 0;
            for (int i = 0; i < size; i++) {
                float off = rest[from + i] - codebook[row * size + i];
                distance += weighted ? weights[from + i] * off * off : off * off;
            }
            if (distance < least) {
                least = distance;
                best = row;
            }
        }
        for (int i = 0; i < size; i++) {
            rest[from + i] -= codebook[best * size + i];
        }
        return best;
    }

    private void back(float[] lsp, int order, double step, float[] quantized) {
        for (int i = 0; i < order; i++) {
            quantized[i] = (float) (lsp[i] - step * rest[i]);
        }
    }
}
