package io.earshot.codec.g729;

/** Constants of the gain quantizer, G.729 §3.9. Codebook rows are pairs: pitch gain Q14, code gain correction Q13. */
final class GainTables {
    /** First stage GA, 8 rows. */
    static final int[] FIRST = {
        1, 1516, 1551, 2425, 1831, 5022, 57, 5404,
        1921, 9291, 3242, 9949, 356, 14756, 2678, 27162
    };

    /** Second stage GB, 16 rows. */
    static final int[] SECOND = {
        826, 2005, 1994, 0, 5142, 592, 6160, 2395,
        8091, 4861, 9120, 525, 10573, 2966, 11569, 1196,
        13260, 3256, 14194, 1630, 15132, 4914, 15161, 14276,
        15434, 237, 16112, 3392, 17299, 1861, 18973, 5935
    };

    /** Moving-average prediction of the innovation energy, Q13. */
    static final int[] PREDICTOR = {
        5571, 4751, 2785, 1556
    };

    /** Codeword of a row of the first stage. */
    static final int[] FIRST_TO_CODE = {
        5, 1, 4, 7, 3, 0, 6, 2
    };

    /** Codeword of a row of the second stage. */
    static final int[] SECOND_TO_CODE = {
        4, 6, 0, 2, 12, 14, 8, 10, 15, 11, 9, 13, 7, 3, 1, 5
    };

    /** Inverse of {@link #FIRST_TO_CODE}. */
    static final int[] CODE_TO_FIRST = {
        5, 1, 7, 4, 2, 0, 6, 3
    };

    /** Inverse of {@link #SECOND_TO_CODE}. */
    static final int[] CODE_TO_SECOND = {
        2, 14, 3, 13, 0, 15, 1, 12, 6, 10, 7, 9, 4, 11, 5, 8
    };

    /** Coefficients of the preselection, Q10, Q14, Q16 and Q19. */
    static final int[] PRESELECT = {
        31881, 26416, 31548, 27816
    };

    /** The same with 32 bits. */
    static final int[] PRESELECT_LONG = {
        2089405952, 1731217536, 2067549984, 1822990272
    };

    /** Preselection thresholds of the first stage, Q14. */
    static final int[] FIRST_THRESHOLD = {
        10808, 12374, 19778, 32567
    };

    /** Preselection thresholds of the second stage, Q15. */
    static final int[] SECOND_THRESHOLD = {
        14087, 16188, 20274, 21321, 23525, 25232, 27873, 30542
    };

    private GainTables() {
    }
}
