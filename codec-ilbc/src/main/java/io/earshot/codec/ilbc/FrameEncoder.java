package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.ORDER;
import static io.earshot.codec.ilbc.IlbcTables.STATE;
import static io.earshot.codec.ilbc.IlbcTables.SUB_BLOCK;
import static io.earshot.codec.ilbc.IlbcTables.TAPS;

/** The encoder of RFC 3951 §3. */
final class FrameEncoder implements ResidualDecoder.Chooser {
    private static final float WEIGHTING = 0.4222f;
    private static final float[] RAMP = {1 / 6f, 2 / 6f, 3 / 6f, 4 / 6f, 5 / 6f};
    /** Start states near the middle are preferred. */
    private static final float[] PREFERENCE = {0.8f, 0.9f, 1, 0.9f, 0.8f};

    private final IlbcMode mode;
    private final Lsf lsf = new Lsf();
    private final LpcAnalysis analysis;
    private final ResidualDecoder residualDecoder;
    private final StartState startState = new StartState();
    private final CodebookSearch search;
    private final Filters.HighPass input = Filters.HighPass.input();
    private final int[] frame;
    private final float[] frequencies = new float[2 * ORDER];
    private final float[] frequenciesBefore = new float[ORDER];
    private final float[] quantised = new float[2 * ORDER];
    private final float[] quantisedBefore = new float[ORDER];
    private final float[] filters;
    private final float[] weights;
    /** Ten samples of the frame before, then this one's. */
    private final float[] speech;
    private final float[] residual;
    private final float[] decoded;
    private final float[] target = new float[SUB_BLOCK];

    FrameEncoder(IlbcMode mode) {
        this.mode = mode;
        analysis = new LpcAnalysis(mode, lsf);
        residualDecoder = new ResidualDecoder(mode, this);
        search = new CodebookSearch(mode);
        frame = new int[mode.parameters()];
        filters = new float[mode.subBlocks * TAPS];
        weights = new float[filters.length];
        speech = new float[ORDER + mode.samples];
        residual = new float[mode.samples];
        decoded = new float[mode.samples];
        System.arraycopy(IlbcTables.LSF_MEAN, 0, frequenciesBefore, 0, ORDER);
        System.arraycopy(IlbcTables.LSF_MEAN, 0, quantisedBefore, 0, ORDER);
        for (int set = 0; set < 2; set++) {
            System.arraycopy(IlbcTables.LSF_MEAN, 0, frequencies, set * ORDER, ORDER);
        }
    }

    void encode(short[] pcm, int offset, byte[] out, int outOffset) {
        System.arraycopy(speech, mode.samples, speech, 0, ORDER);
        for (int i = 0; i < mode.samples; i++) {
            speech[ORDER + i] = input.filter(pcm[offset + i]);
        }
        predict();
        for (int sub = 0; sub < mode.subBlocks; sub++) {
            Filters.allZero(speech, ORDER + sub * SUB_BLOCK, SUB_BLOCK, filters, sub * TAPS, residual, sub * SUB_BLOCK);
        }
        placeStartState();
        residualDecoder.decode(frame, filters, decoded);
        frame[mode.index + 1] = Codebook.toShort(frame[mode.index + 1]);
        frame[mode.index + 2] = Codebook.toShort(frame[mode.index + 2]);
        mode.pack(frame, out, outOffset);
    }

    /** Makes the filters: the quantised ones for synthesis, the others for weighting. */
    private void predict() {
        analysis.analyse(speech, ORDER, frequencies);
        Lsf.quantise(frequencies, mode.lpcSets, frame);
        Lsf.dequantise(frame, mode.lpcSets, quantised);
        lsf.interpolate(mode, frequenciesBefore, frequencies, weights);
        for (int at = 0; at < weights.length; at += TAPS) {
            Filters.expandBandwidth(weights, at, WEIGHTING, weights, at);
        }
        lsf.interpolate(mode, quantisedBefore, quantised, filters);
        System.arraycopy(frequencies, (mode.lpcSets - 1) * ORDER, frequenciesBefore, 0, ORDER);
        System.arraycopy(quantised, (mode.lpcSets - 1) * ORDER, quantisedBefore, 0, ORDER);
    }

    /** Finds the two sub-blocks of most energy, and which end of them to leave out (§3.5.1). */
    private void placeStartState() {
        int best = 1;
        float highest = -1;
        for (int start = 1; start < mode.subBlocks; start++) {
            float energy = 0;
            int at = (start - 1) * SUB_BLOCK;
            for (int i = 0; i < STATE; i++) {
                int fromEdge = Math.min(i, STATE - 1 - i);
                energy += (fromEdge < RAMP.length ? RAMP[fromEdge] : 1) * residual[at + i] * residual[at + i];
            }
            energy *= PREFERENCE[start - (mode.subBlocks == 6 ? 1 : 0)];
            if (energy > highest) {
                highest = energy;
                best = start;
            }
        }
        int at = (best - 1) * SUB_BLOCK;
        int missing = STATE - mode.stateSamples;
        float front = Filters.dot(residual, at, residual, at, mode.stateSamples);
        float back = Filters.dot(residual, at + missing, residual, at + missing, mode.stateSamples);
        frame[mode.start] = best;
        frame[mode.first] = front > back ? 1 : 0;
    }

    @Override
    public void state(int at) {
        startState.quantise(mode, frame, filters, weights, (frame[mode.start] - 1) * TAPS, residual, at);
    }

    @Override
    public void vector(int at, int step, int length, int block, int filter, float[] memory) {
        for (int i = 0; i < length; i++) {
            target[i] = residual[at + i * step];
        }
        search.search(target, length, memory, weights, filter * TAPS, block, frame);
    }
}
