package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.sub;

/** The weighting filter 1/A(z/0.75), for the pitch analysis with a tilt, and the filters' memories: Annex A §A.3.3 and §A.3.10. */
final class PerceptualWeighting {
    private static final int SUBFRAME = AdaptiveCodebook.SUBFRAME;
    private static final int ORDER = Lsp.ORDER;
    private static final int COEFFICIENTS = Lsp.COEFFICIENTS;
    /** 0.75, Q15. */
    private static final int GAMMA = 24576;
    /** 0.7, Q15. */
    private static final int TILT = 22938;

    private final int[] filters = new int[2 * COEFFICIENTS];
    private final int[] tilted = new int[COEFFICIENTS];
    private final int[] residual = new int[SUBFRAME];
    private final int[] speech = new int[SUBFRAME];
    private final SynthesisFilter weigher = new SynthesisFilter();
    private final SynthesisFilter error = new SynthesisFilter();

    /** Takes the frame's quantized LP filters. */
    void prepare(int[] lpFilters) {
        Filters.weight(lpFilters, 0, GAMMA, filters, 0);
        Filters.weight(lpFilters, COEFFICIENTS, GAMMA, filters, COEFFICIENTS);
    }

    /** Returns the weighting filters of both subframes. */
    int[] filters() {
        return filters;
    }

    /** Returns the filter that carries the coding error from subframe to subframe. */
    SynthesisFilter error() {
        return error;
    }

    /** Makes weighted speech of the LP residual. */
    void weigh(int subframe, int[] lpResidual, int at, int[] out, int outAt) {
        int from = subframe * COEFFICIENTS;
        tilted[0] = 4096;
        for (int i = 1; i <= ORDER; i++) {
            tilted[i] = sub(filters[from + i], mult(filters[from + i - 1], TILT));
        }
        weigher.run(tilted, 0, lpResidual, at, out, outAt, SUBFRAME);
        weigher.commit();
    }

    /** Keeps the memories in step with a subframe of comfort noise. */
    void follow(int subframe, int[] lpFilters, int[] input, int inputAt, int[] excitation, int at) {
        Filters.residual(lpFilters, subframe * COEFFICIENTS, input, inputAt, residual, 0, SUBFRAME);
        weigh(subframe, residual, 0, speech, 0);
        for (int i = 0; i < SUBFRAME; i++) {
            residual[i] = sub(residual[i], excitation[at + i]);
        }
        error.run(filters, subframe * COEFFICIENTS, residual, 0, residual, 0, SUBFRAME);
        error.commit();
    }

    /** Copies the weighted speech of the last {@link #follow}. */
    void copyWeighted(int[] out, int outAt) {
        System.arraycopy(speech, 0, out, outAt, SUBFRAME);
    }
}
