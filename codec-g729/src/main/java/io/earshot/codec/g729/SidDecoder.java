package io.earshot.codec.g729;

import static io.earshot.codec.g729.FixedMath.add;
import static io.earshot.codec.g729.FixedMath.multRound;

/** What a SID frame says of the background noise, and what holds when it was lost: Annex B §B.4.4. */
final class SidDecoder {
    private static final int ORDER = Lsp.ORDER;
    private static final int[] FIRST_LSP = {31441, 27566, 21458, 13612, 4663, -4663, -13612, -21458, -27566, -31441};
    private static final int GAP = 10;
    /** 0.875 and 0.125, Q15. */
    private static final int KEEP = 28672;
    private static final int TAKE = 4096;

    private final LspPredictor predictor;
    private final SidGainQuantizer gains = new SidGainQuantizer();
    private final int[] lsp = FIRST_LSP.clone();
    private final int[] output = new int[ORDER];
    private final int[] energy = new int[1];
    private final int[] shift = {1};
    private int sidGain = SidTables.GAIN[0];
    private int gain;
    private boolean fresh;

    SidDecoder(LspPredictor predictor) {
        this.predictor = predictor;
    }

    void reset() {
        System.arraycopy(FIRST_LSP, 0, lsp, 0, ORDER);
        energy[0] = 0;
        shift[0] = 1;
        sidGain = SidTables.GAIN[0];
        gain = 0;
        fresh = false;
    }

    /** Returns the noise's LSPs. */
    int[] lsp() {
        return lsp;
    }

    /** Remembers the energy of a received frame's excitation, mantissa and shift, for when the next SID frame is lost. */
    void remember(int mantissa, int shiftUp) {
        energy[0] = mantissa;
        shift[0] = shiftUp;
    }

    /** Decodes the parameters of a SID frame. */
    void decode(int[] parameters) {
        sidGain = SidTables.GAIN[parameters[SpeechParameters.SID_GAIN]];
        quantizerOutput(parameters[SpeechParameters.SID_FIRST], parameters[SpeechParameters.SID_SECOND], output);
        LspPredictor.spread(output, 1, ORDER, GAP);
        predictor.compose(output, lsp, SidTables.PREDICTOR, parameters[SpeechParameters.SID_MODE]);
        predictor.update(output);
        LspPredictor.stabilize(lsp);
        Lsp.fromLsf(lsp, lsp);
        fresh = true;
    }

    /** Returns the sum of the codebooks' vectors that a SID frame names. */
    static void quantizerOutput(int first, int second, int[] output) {
        int half = ORDER / 2;
        int row = SidTables.FIRST[first] * ORDER;
        for (int j = 0; j < half; j++) {
            output[j] = add(LspTables.FIRST[row + j], LspTables.SECOND[SidTables.SECOND_LOWER[second] * ORDER + j]);
            output[half + j] =
                add(LspTables.FIRST[row + half + j], LspTables.SECOND[SidTables.SECOND_UPPER[second] * ORDER + half + j]);
        }
    }

    /** Returns this frame's gain of the excitation: smoothed, except right after speech. */
    int gain(boolean afterSpeech) {
        if (afterSpeech && !fresh) {
            gains.quantize(energy, shift, 0);
            sidGain = SidTables.GAIN[gains.index()];
        }
        gain = afterSpeech ? sidGain : add(multRound(gain, KEEP), multRound(sidGain, TAKE));
        fresh = false;
        return gain;
    }
}
