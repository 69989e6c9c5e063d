package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;

/** Decodes the LSPs of a speech frame, G.729 §4.1.1, and repeats them for a lost one, §4.4.1. */
final class LspDecoder {
    private static final int ORDER = Lsp.ORDER;
    private static final int FIRST_GAP = 10;
    private static final int SECOND_GAP = 5;

    private final LspPredictor predictor;
    private final int[] lastLsf = LspTables.INITIAL.clone();
    private final int[] output = new int[ORDER];
    private int lastMode;

    /** @param predictor its memory is shared with the decoder of SID frames */
    LspDecoder(LspPredictor predictor) {
        this.predictor = predictor;
    }

    void reset() {
        System.arraycopy(LspTables.INITIAL, 0, lastLsf, 0, ORDER);
        lastMode = 0;
    }

    /**
     * Decodes.
     *
     * @param first the parameter L0 and L1, 8 bits
     * @param second the parameter L2 and L3, 10 bits
     */
    void decode(int first, int second, int[] lsp) {
        lastMode = first >> 7 & 1;
        quantizerOutput(first & 0x7f, second >> 5 & 0x1f, second & 0x1f, output);
        predictor.compose(output, lastLsf, LspPredictor.Coefficients.SPEECH, lastMode);
        predictor.update(output);
        LspPredictor.stabilize(lastLsf);
        Lsp.fromLsf(lastLsf, lsp);
    }

    /** Repeats the last frame's LSFs, and remembers what the quantizer would have put out for them. */
    void conceal(int[] lsp) {
        predictor.extract(lastLsf, output, LspPredictor.Coefficients.SPEECH, lastMode);
        predictor.update(output);
        Lsp.fromLsf(lastLsf, lsp);
    }

    /** Returns the sum of both codebooks' vectors, spread. */
    static void quantizerOutput(int first, int lower, int upper, int[] output) {
        int half = ORDER / 2;
        for (int j = 0; j < half; j++) {
            output[j] = add(LspTables.FIRST[first * ORDER + j], LspTables.SECOND[lower * ORDER + j]);
            output[half + j] = add(LspTables.FIRST[first * ORDER + half + j], LspTables.SECOND[upper * ORDER + half + j]);
        }
        LspPredictor.spread(output, 1, ORDER, FIRST_GAP);
        LspPredictor.spread(output, 1, ORDER, SECOND_GAP);
    }
}
