package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.MAX_32;
import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.high;
import static io.earshot.codec.g729.FixedMath.lMac;
import static io.earshot.codec.g729.FixedMath.lMult;
import static io.earshot.codec.g729.FixedMath.lShl;
import static io.earshot.codec.g729.FixedMath.mult;
import static io.earshot.codec.g729.FixedMath.norm;
import static io.earshot.codec.g729.FixedMath.shl;
import static io.earshot.codec.g729.FixedMath.sub;

/** Quantizes the LSPs of a speech frame to 18 bits, G.729 §3.2.4. */
final class LspQuantizer {
    private static final int ORDER = Lsp.ORDER;
    private static final int HALF = ORDER / 2;
    private static final int FIRST_ROWS = 128;
    private static final int SECOND_ROWS = 32;
    private static final int MODES = 2;
    private static final int FIRST_GAP = 10;
    private static final int SECOND_GAP = 5;
    private static final LspPredictor.Coefficients PREDICTOR = LspPredictor.Coefficients.SPEECH;

    private final LspPredictor predictor;
    private final int[] lsf = new int[ORDER];
    private final int[] weights = new int[ORDER];
    private final int[] target = new int[ORDER];
    private final int[] rest = new int[ORDER];
    private final int[] output = new int[ORDER];
    private final int[] first = new int[MODES];
    private final int[] second = new int[MODES];

    LspQuantizer(LspPredictor predictor) {
        this.predictor = predictor;
    }

    /** Quantizes; writes the first two of the frame's parameters. */
    void quantize(int[] lsp, int[] quantized, int[] parameters) {
        Lsp.toLsf(lsp, lsf);
        weigh(lsf, weights);
        int distance = search(0);
        int mode = search(1) < distance ? 1 : 0;
        parameters[SpeechParameters.LSP_FIRST] = mode << 7 | first[mode];
        parameters[SpeechParameters.LSP_SECOND] = second[mode];
        LspDecoder.quantizerOutput(first[mode], second[mode] >> 5, second[mode] & 0x1f, output);
        predictor.compose(output, lsf, PREDICTOR, mode);
        predictor.update(output);
        LspPredictor.stabilize(lsf);
        Lsp.fromLsf(lsf, quantized);
    }

    /** Weighs LSFs that are close to their neighbours more, §3.2.4 eq. 22; normalized. */
    static void weigh(int[] lsf, int[] weights) {
        int largest = 0;
        for (int i = 0; i < ORDER; i++) {
            int below = i == 0 ? 1029 : lsf[i - 1];
            int above = i == ORDER - 1 ? 23677 : lsf[i + 1];
            int room = i == 0 ? sub(above, below + 8192) : i == ORDER - 1 ? sub(above - 8192, below) : sub(sub(above, below), 8192);
            weights[i] = 2048;
            if (room <= 0) {
                int square = high(lShl(lMult(room, room), 2));
                weights[i] = add(high(lShl(lMult(square, 20480), 2)), 2048);
            }
            if (i == 4 || i == 5) {
                weights[i] = high(lShl(lMult(weights[i], 19661), 1));
            }
            largest = Math.max(largest, weights[i]);
        }
        int shift = norm(largest);
        for (int i = 0; i < ORDER; i++) {
            weights[i] = shl(weights[i], shift);
        }
    }

    /** Searches the codebooks with one of the predictors; returns the weighted distance. */
    private int search(int mode) {
        predictor.extract(lsf, target, PREDICTOR, mode);
        first[mode] = nearestFirst();
        for (int j = 0; j < ORDER; j++) {
            rest[j] = sub(target[j], LspTables.FIRST[first[mode] * ORDER + j]);
        }
        int lower = nearestSecond(0);
        addSecond(mode, lower, 0);
        LspPredictor.spread(output, 1, HALF, FIRST_GAP);
        int upper = nearestSecond(HALF);
        addSecond(mode, upper, HALF);
        LspPredictor.spread(output, HALF, ORDER, FIRST_GAP);
        LspPredictor.spread(output, 1, ORDER, SECOND_GAP);
        second[mode] = lower << 5 | upper;
        int distance = 0;
        for (int j = 0; j < ORDER; j++) {
            int error = mult(sub(output[j], target[j]), PREDICTOR.own()[mode * ORDER + j]);
            distance = lMac(distance, high(lShl(lMult(weights[j], error), 4)), error);
        }
        return distance;
    }

    private void addSecond(int mode, int row, int from) {
        for (int j = from; j < from + HALF; j++) {
            output[j] = add(LspTables.FIRST[first[mode] * ORDER + j], LspTables.SECOND[row * ORDER + j]);
        }
    }

    /** The codebook's LSFs are 0 to 0x6fff: a target from -0x1000 on is no further from any than a word can tell. */
    private static boolean isPlain(int[] target) {
        int least = 0;
        for (int value : target) {
            least = Math.min(least, value);
        }
        return least >= -0x1000;
    }

    private int nearestFirst() {
        boolean plain = isPlain(target);
        int best = 0;
        long least = MAX_32;
        for (int i = 0; i < FIRST_ROWS; i++) {
            long distance = firstDistance(i * ORDER, 0, plain);
            if (distance < least) {
                distance += firstDistance(i * ORDER, HALF, plain);
                if (distance < least) {
                    least = distance;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Sums are wide: one too large for an accumulator is never the least, as the saturated one would not be. */
    private long firstDistance(int row, int from, boolean plain) {
        long distance = 0;
        for (int j = from; j < from + HALF; j++) {
            int error = target[j] - LspTables.FIRST[row + j];
            error = plain ? error : FixedMath.saturate(error);
            distance += error * error;
        }
        return 2 * distance;
    }

    private int nearestSecond(int from) {
        return isSmall(rest, from) ? nearestSecondPlain(from) : nearestSecondChecked(from);
    }

    /** The second codebook's entries are below 0x1000: so small a rest that no distance leaves an accumulator. */
    private static boolean isSmall(int[] rest, int from) {
        int largest = 0;
        for (int j = from; j < from + HALF; j++) {
            largest = Math.max(largest, Math.abs(rest[j]));
        }
        return largest < 0x1000;
    }

    private int nearestSecondPlain(int from) {
        int best = 0;
        int least = MAX_32;
        for (int i = 0; i < SECOND_ROWS; i++) {
            int distance = 0;
            for (int j = from; j < from + HALF; j++) {
                int error = rest[j] - LspTables.SECOND[i * ORDER + j];
                distance += (weights[j] * error >> 15) * error;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private int nearestSecondChecked(int from) {
        int best = 0;
        long least = MAX_32;
        for (int i = 0; i < SECOND_ROWS; i++) {
            long distance = 0;
            for (int j = from; j < from + HALF; j++) {
                int error = sub(rest[j], LspTables.SECOND[i * ORDER + j]);
                distance += 2L * (mult(weights[j], error) * error);
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
