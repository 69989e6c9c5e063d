package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_16;
import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.sub;

/** Quantizes the LSPs of background noise to 10 bits, Annex B §B.4.2.1: parts of the speech codebooks, the best four of stage one kept. */
final class SidLspQuantizer {
    private static final int ORDER = Lsp.ORDER;
    private static final int HALF = ORDER / 2;
    private static final int MODES = 2;
    private static final int FIRST_ROWS = 32;
    private static final int SECOND_ROWS = 16;
    private static final int KEPT = 4;
    private static final int LOWEST = 40;
    private static final int HIGHEST = 25681;
    private static final int GAP = 321;
    private static final int OUTPUT_GAP = 10;
    private static final int[] MODE_WEIGHT = {8644, 16572};

    private final LspPredictor predictor;
    private final int[] lsf = new int[ORDER];
    private final int[] weights = new int[ORDER];
    private final int[] errors = new int[MODES * ORDER];
    private final int[] target = new int[ORDER];
    private final int[] distances = new int[MODES * FIRST_ROWS];
    private final int[] kept = new int[KEPT];
    private final int[] rest = new int[KEPT * ORDER];

    SidLspQuantizer(LspPredictor predictor) {
        this.predictor = predictor;
    }

    /** Quantizes; writes the first three parameters of a SID frame. */
    void quantize(int[] lsp, int[] quantized, int[] parameters) {
        Lsp.toLsf(lsp, lsf);
        keepApart();
        LspQuantizer.weigh(lsf, weights);
        for (int mode = 0; mode < MODES; mode++) {
            predictor.extract(lsf, target, SidTables.PREDICTOR, mode);
            System.arraycopy(target, 0, errors, mode * ORDER, ORDER);
        }
        searchFirst();
        int best = searchSecond();
        int first = kept[best / SECOND_ROWS];
        int mode = first / FIRST_ROWS;
        parameters[SpeechParameters.SID_MODE] = mode;
        parameters[SpeechParameters.SID_FIRST] = first % FIRST_ROWS;
        parameters[SpeechParameters.SID_SECOND] = best % SECOND_ROWS;
        SidDecoder.quantizerOutput(first % FIRST_ROWS, best % SECOND_ROWS, target);
        LspPredictor.spread(target, 1, ORDER, OUTPUT_GAP);
        predictor.compose(target, lsf, SidTables.PREDICTOR, mode);
        predictor.update(target);
        LspPredictor.stabilize(lsf);
        Lsp.fromLsf(lsf, quantized);
    }

    private void keepApart() {
        lsf[0] = Math.max(lsf[0], LOWEST);
        for (int i = 0; i < ORDER - 1; i++) {
            if (lsf[i + 1] - lsf[i] < 2 * GAP) {
                lsf[i + 1] = add(lsf[i], 2 * GAP);
            }
        }
        lsf[ORDER - 1] = Math.min(lsf[ORDER - 1], HIGHEST);
        if (lsf[ORDER - 1] < lsf[ORDER - 2]) {
            lsf[ORDER - 2] = lsf[ORDER - 1] - GAP;
        }
    }

    /** Keeps the four best pairs of mode and row, and what they leave. */
    private void searchFirst() {
        for (int i = 0; i < MODES * FIRST_ROWS; i++) {
            int mode = i / FIRST_ROWS;
            int row = SidTables.FIRST[i % FIRST_ROWS] * ORDER;
            int sum = 0;
            for (int j = 0; j < ORDER; j++) {
                int error = sub(errors[mode * ORDER + j], LspTables.FIRST[row + j]);
                sum = lMac(sum, error, error);
            }
            distances[i] = mult(high(sum), MODE_WEIGHT[mode]);
        }
        for (int k = 0; k < KEPT; k++) {
            int least = MAX_16;
            int best = 0;
            for (int i = 0; i < MODES * FIRST_ROWS; i++) {
                if (distances[i] < least) {
                    least = distances[i];
                    best = i;
                }
            }
            distances[best] = MAX_16;
            kept[k] = best;
            int row = SidTables.FIRST[best % FIRST_ROWS] * ORDER;
            for (int j = 0; j < ORDER; j++) {
                rest[k * ORDER + j] = sub(errors[best / FIRST_ROWS * ORDER + j], LspTables.FIRST[row + j]);
            }
        }
    }

    private int searchSecond() {
        int least = MAX_16;
        int best = 0;
        for (int i = 0; i < KEPT * SECOND_ROWS; i++) {
            int distance = secondDistance(i / SECOND_ROWS, i % SECOND_ROWS);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private int secondDistance(int candidate, int row) {
        int mode = kept[candidate] / FIRST_ROWS;
        int sum = 0;
        for (int j = 0; j < ORDER; j++) {
            int own = SidTables.own(mode, j);
            int weight = mult(high(lShl(lMult(own, own), 2)), weights[j]);
            int table = j < HALF ? SidTables.SECOND_LOWER[row] : SidTables.SECOND_UPPER[row];
            int error = sub(rest[candidate * ORDER + j], LspTables.SECOND[table * ORDER + j]);
            sum = lMac(sum, high(lShl(lMult(weight, error), 3)), error);
        }
        return high(sum);
    }
}
