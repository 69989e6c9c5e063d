package io.earshot.codec.speex;

/** Vectors of excitation, of which several in a row make up that of a subframe. */
final class ShapeCodebook {
    private static final float STEP = 1 / 32f;

    /** Samples of a vector. */
    final int size;
    /** Vectors of a subframe. */
    final int count;
    final int entries;
    /** Bits of the number of a vector. */
    final int bits;
    /** Whether a bit in front of it turns the vector over. */
    final boolean signed;
    /** Sample by sample, all vectors' together: by {@code [sample][entry]}. */
    final float[][] samples;

    private ShapeCodebook(byte[] table, int size, int count, int bits, boolean signed) {
        this.size = size;
        this.count = count;
        this.bits = bits;
        this.signed = signed;
        entries = 1 << bits;
        samples = new float[size][entries];
        for (int i = 0; i < table.length; i++) {
            samples[i % size][i / size] = STEP * table[i];
        }
    }

    static ShapeCodebook plain(byte[] table, int size, int count, int bits) {
        return new ShapeCodebook(table, size, count, bits, false);
    }

    static ShapeCodebook signed(byte[] table, int size, int count, int bits) {
        return new ShapeCodebook(table, size, count, bits, true);
    }

    /** Reads a subframe's and adds it, scaled, to the excitation. */
    void read(BitReader from, float scale, float[] excitation, int at) {
        for (int i = 0; i < count; i++) {
            float gain = signed && from.read(1) != 0 ? -scale : scale;
            int entry = from.read(bits);
            for (int j = 0; j < size; j++) {
                excitation[at + i * size + j] += gain * samples[j][entry];
            }
        }
    }
}
