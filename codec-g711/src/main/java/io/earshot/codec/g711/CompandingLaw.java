package io.earshot.codec.g711;

/**
 * The two laws of ITU-T G.711 as look-up tables between 8 bit codes and 16 bit linear PCM. The standard works on 14 bits (µ-law) and on
 * 13 bits (A-law), left-justified here in 16. A negative sample is coded as its one's complement with the sign bit turned, as in the ITU's
 * software tool library (G.191), so that the two halves of the scale mirror each other exactly. Immutable and shared between threads.
 */
final class CompandingLaw {
    /** Table 2 of G.711: PCMU. */
    static final CompandingLaw MU_LAW = new CompandingLaw(2, CompandingLaw::compressMu, CompandingLaw::expandMu);
    /** Table 1 of G.711: PCMA. */
    static final CompandingLaw A_LAW = new CompandingLaw(4, CompandingLaw::compressA, CompandingLaw::expandA);

    private static final int SIGN = 0x80;
    private static final int STEP_MASK = 0x0F;
    /** Added to a 14 bit magnitude, the eight chords of the µ-law start at powers of two. */
    private static final int MU_BIAS = 33;
    private static final int MU_MAX = 0x1FFF;
    /** A-law codes travel with every other bit inverted (G.711 table 1a, note 2). */
    private static final int A_TOGGLE = 0x55;

    /** Low bits of a 16 bit sample that no decision value depends on. */
    private final int ignoredBits;
    private final byte[] codes;
    private final short[] samples = new short[256];

    private CompandingLaw(int ignoredBits, Compressor compressor, Expander expander) {
        this.ignoredBits = ignoredBits;
        codes = new byte[0x10000 >> ignoredBits];
        for (int i = 0; i < codes.length; i++) {
            int positive = i - codes.length / 2;
            codes[i] = (byte) (positive >= 0 ? compressor.compress(positive) : compressor.compress(~positive) ^ SIGN);
        }
        for (int code = 0; code < samples.length; code++) {
            samples[code] = (short) expander.expand(code);
        }
    }

    void encode(short[] pcm, int offset, int count, byte[] out, int outOffset) {
        int middle = codes.length / 2;
        for (int i = 0; i < count; i++) {
            out[outOffset + i] = codes[(pcm[offset + i] >> ignoredBits) + middle];
        }
    }

    void decode(byte[] in, int offset, int count, short[] pcm, int pcmOffset) {
        for (int i = 0; i < count; i++) {
            pcm[pcmOffset + i] = samples[in[offset + i] & 0xFF];
        }
    }

    /** Returns the code of a non-negative 14 bit sample (its 13 magnitude bits); all bits of a µ-law code travel inverted. */
    private static int compressMu(int magnitude) {
        int biased = Math.min(magnitude + MU_BIAS, MU_MAX);
        int chord = 26 - Integer.numberOfLeadingZeros(biased); // 33..63 is chord 0, 4096..8191 is chord 7
        int step = biased >> chord + 1 & STEP_MASK;
        return ~(chord << 4 | step) & 0xFF;
    }

    private static int expandMu(int code) {
        int bits = ~code;
        int chord = bits >> 4 & 7;
        int magnitude = ((bits & STEP_MASK) * 2 + MU_BIAS << chord) - MU_BIAS;
        return (code & SIGN) != 0 ? magnitude << 2 : -(magnitude << 2);
    }

    /** Returns the code of a non-negative sample without the four bits below the finest step (its 11 magnitude bits). */
    private static int compressA(int magnitude) {
        int chord = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude)); // 0..15 and 16..31 share their step
        int step = (chord > 1 ? magnitude >> chord - 1 : magnitude) & STEP_MASK;
        return (SIGN | chord << 4 | step) ^ A_TOGGLE;
    }

    private static int expandA(int code) {
        int bits = code ^ A_TOGGLE;
        int chord = bits >> 4 & 7;
        int middle = ((bits & STEP_MASK) << 1) + 1; // in halves of the finest step
        int magnitude = chord == 0 ? middle : middle + 32 << chord - 1;
        return (bits & SIGN) != 0 ? magnitude << 3 : -(magnitude << 3);
    }

    @FunctionalInterface
    private interface Compressor {
        int compress(int magnitude);
    }

    @FunctionalInterface
    private interface Expander {
        int expand(int code);
    }
}
