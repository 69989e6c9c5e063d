package io.earshot.codec.g729;

/** Constants of the SID frames' quantizers, Annex B §B.4.2, and of the comfort noise. */
final class SidTables {
    /** Gains of the excitation, Q0: -12 dB, then 4 dB steps to 16, then 2 dB steps to 66 dB. */
    static final int[] GAIN = {
        2, 5, 8, 13, 20, 32, 50, 64, 80, 101, 127, 160, 201, 253, 318, 401, 505, 635, 800, 1007, 1268, 1596, 2010, 2530, 3185, 4009, 5048,
        6355, 8000, 10071, 12679, 15962
    };
    /** Rows of the first LSP stage that a SID frame can name. */
    static final int[] FIRST = {
        96, 52, 20, 54, 86, 114, 82, 68, 36, 121, 48, 92, 18, 120, 94, 124, 50, 125, 4, 100, 28, 76, 12, 117, 81, 22, 90, 116, 127, 21,
        108, 66
    };
    /** Rows of the second stage for the lower half. */
    static final int[] SECOND_LOWER = {31, 21, 9, 3, 10, 2, 19, 26, 4, 3, 11, 29, 15, 27, 21, 12};
    /** Rows of the second stage for the upper half. */
    static final int[] SECOND_UPPER = {16, 1, 0, 0, 8, 25, 22, 20, 19, 23, 20, 31, 4, 31, 20, 31};

    private static final int[] OWN = {
        7798, 8447, 8205, 8293, 8126, 8477, 8447, 8703, 9043, 8604,
        10514, 12402, 12833, 11914, 11447, 11670, 11132, 11311, 11844, 11447
    };
    private static final int[] OWN_INVERSE = {
        17210, 15888, 16357, 16183, 16516, 15833, 15888, 15421, 14840, 15597,
        12764, 10821, 10458, 11264, 11724, 11500, 12056, 11865, 11331, 11724
    };

    /** The LSP predictor of SID frames: the speech frames' first mode, and a mixture of 0.6 of it and 0.4 of the second. */
    static final LspPredictor.Coefficients PREDICTOR = new LspPredictor.Coefficients(mixed(), OWN, OWN_INVERSE);

    private SidTables() {
    }

    private static int[] mixed() {
        int[] weights = LspTables.PREDICTOR.clone();
        int mode = weights.length / 2;
        for (int i = 0; i < mode; i++) {
            weights[mode + i] = weights[i] * 19660 + weights[mode + i] * 13107 >> 15;
        }
        return weights;
    }

    /** Returns the own weights of a mode, Q15. */
    static int own(int mode, int j) {
        return OWN[mode * Lsp.ORDER + j];
    }
}
