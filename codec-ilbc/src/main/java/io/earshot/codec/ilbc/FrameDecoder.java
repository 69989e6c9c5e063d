package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.ORDER;
import static io.earshot.codec.ilbc.IlbcTables.SUB_BLOCK;
import static io.earshot.codec.ilbc.IlbcTables.TAPS;

import java.util.Arrays;

/** The decoder of RFC 3951 §4, with enhancer and output filter. */
final class FrameDecoder implements ResidualDecoder.Chooser {
    /** The pitch lag before anything was heard. */
    private static final int FIRST_LAG = 20;
    /** No sound that was ever encoded comes near; filters that nobody encoded do. */
    private static final float ABSURD = 1e7f;

    private final IlbcMode mode;
    private final Lsf lsf = new Lsf();
    private final ResidualDecoder residualDecoder;
    private final LossConcealment concealment;
    private final Enhancer enhancer;
    private final Filters.HighPass output = Filters.HighPass.output();
    private final int[] frame;
    private final float[] frequencies = new float[2 * ORDER];
    private final float[] frequenciesBefore = new float[ORDER];
    private final float[] filters;
    private final float[] filtersBefore;
    private final float[] residual;
    /** Ten samples of the frame before, then this one's. */
    private final float[] speech;
    private int lag;

    FrameDecoder(IlbcMode mode) {
        this(mode, new Enhancer(mode));
    }

    /** The standard lets a decoder do without enhancing; so do those that ours is compared with. */
    FrameDecoder(IlbcMode mode, Enhancer enhancer) {
        this.mode = mode;
        this.enhancer = enhancer;
        residualDecoder = new ResidualDecoder(mode, this);
        concealment = new LossConcealment(mode);
        frame = new int[mode.parameters()];
        filters = new float[mode.subBlocks * TAPS];
        filtersBefore = new float[filters.length];
        residual = new float[mode.samples];
        speech = new float[ORDER + mode.samples];
        reset();
    }

    void reset() {
        concealment.reset();
        enhancer.reset();
        output.reset();
        System.arraycopy(IlbcTables.LSF_MEAN, 0, frequenciesBefore, 0, ORDER);
        Arrays.fill(filtersBefore, 0);
        for (int at = 0; at < filtersBefore.length; at += TAPS) {
            filtersBefore[at] = 1;
        }
        Arrays.fill(speech, 0);
        lag = FIRST_LAG;
    }

    /** Decodes a frame; one that is marked as empty or makes no sense is concealed. */
    void decode(byte[] in, int offset, short[] pcm, int pcmOffset) {
        if (!mode.unpack(in, offset, frame)) {
            conceal(pcm, pcmOffset);
            return;
        }
        frame[mode.index + 1] = Codebook.fromShort(frame[mode.index + 1]);
        frame[mode.index + 2] = Codebook.fromShort(frame[mode.index + 2]);
        Lsf.dequantise(frame, mode.lpcSets, frequencies);
        lsf.interpolate(mode, frequenciesBefore, frequencies, filters);
        System.arraycopy(frequencies, (mode.lpcSets - 1) * ORDER, frequenciesBefore, 0, ORDER);
        residualDecoder.decode(frame, filters, residual);
        concealment.received(residual, filters, filters.length - TAPS);
        synthesise(false, pcm, pcmOffset);
    }

    void conceal(short[] pcm, int pcmOffset) {
        concealment.conceal(lag, residual, filters);
        synthesise(true, pcm, pcmOffset);
    }

    /** The enhancer is late, hence so many of the first sub-blocks get the last filters of the frame before. */
    private void synthesise(boolean lost, short[] pcm, int pcmOffset) {
        System.arraycopy(speech, mode.samples, speech, 0, ORDER);
        lag = enhancer.enhance(residual, residual, lost);
        System.arraycopy(residual, 0, speech, ORDER, mode.samples);
        int late = enhancer.delay();
        for (int sub = 0; sub < mode.subBlocks; sub++) {
            boolean old = sub < late;
            int filterAt = (old ? mode.subBlocks - late + sub : sub - late) * TAPS;
            Filters.allPole(speech, ORDER + sub * SUB_BLOCK, SUB_BLOCK, old ? filtersBefore : filters, filterAt);
        }
        System.arraycopy(filters, 0, filtersBefore, 0, filters.length);
        for (int i = 0; i < mode.samples; i++) {
            float sample = output.filter(speech[ORDER + i]);
            if (!(Math.abs(sample) < ABSURD)) { // not a number is not less
                reset();
                Arrays.fill(pcm, pcmOffset + i, pcmOffset + mode.samples, (short) 0);
                return;
            }
            pcm[pcmOffset + i] = (short) Math.round(Math.max(-32_768, Math.min(32_767, sample)));
        }
    }

    @Override
    public void state(int at) {
        // comes with the frame
    }

    @Override
    public void vector(int at, int step, int length, int block, int filter, float[] memory) {
        // comes with the frame
    }
}
