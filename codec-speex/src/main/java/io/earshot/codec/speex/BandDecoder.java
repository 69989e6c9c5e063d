package io.earshot.codec.speex;

import java.util.Arrays;

/** Decodes a layer above narrowband: its own half of the band, which runs backwards, and joins the half below to it. */
final class BandDecoder extends LayerDecoder {
    private static final float SECOND_SHAPES = .4f;
    private static final int WIDE_HALF = 160;

    private final LayerDecoder below;
    private final int half;
    private final int subframe;
    private final boolean top;
    private final Noise noise = new Noise();
    private final Lsp pairs = new Lsp(8);
    private final Qmf qmf;
    private final float[] levels = new float[SUBFRAMES];
    private final float[] lsp = new float[Filters.ORDER];
    private final float[] lastLsp = new float[Filters.ORDER];
    private final float[] between = new float[Filters.ORDER];
    private final float[] filter = new float[Filters.ORDER];
    private final float[] nextFilter = new float[Filters.ORDER];
    private final float[] memory = new float[Filters.ORDER];
    private final float[] excitation;
    private final float[] lastExcitation;
    private boolean first = true;
    private float level;

    /** Makes the layer of which half a frame has so many samples. */
    BandDecoder(LayerDecoder below, int half) {
        super(2 * half);
        this.below = below;
        this.half = half;
        subframe = half / SUBFRAMES;
        top = half > WIDE_HALF;
        qmf = new Qmf(2 * half);
        excitation = new float[subframe];
        lastExcitation = new float[subframe];
    }

    @Override
    boolean pausing() {
        return below.pausing();
    }

    @Override
    float excitation(int sub) {
        return levels[sub];
    }

    @Override
    void conceal(float[] out) {
        below.conceal(out);
        makeUp(out, below.pausing());
        qmf.join(out);
    }

    @Override
    void decode(BitReader bits, float[] out) {
        below.decode(bits, out);
        int number = BandMode.NONE;
        if (bits.marked()) {
            bits.read(1);
            number = bits.read(BandMode.BITS);
        }
        if (number == BandMode.NONE || top && number > 1) {
            Arrays.fill(innovation, 0);
            if (below.pausing()) {
                makeUp(out, true);
            } else {
                Arrays.fill(out, half, 2 * half, Filters.TINY);
                first = true;
                Filters.allPole(out, half, filter, out, half, half, memory);
            }
        } else {
            decode(bits, BandMode.of(number), out);
        }
        qmf.join(out);
    }

    private void decode(BitReader bits, BandMode mode, float[] out) {
        LspQuantizer.readBand(bits, lsp);
        if (first) {
            System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
        }
        Arrays.fill(innovation, 0);
        float energy = 0;
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            pairs.interpolate(lastLsp, lsp, (1f + sub) / SUBFRAMES, Lsp.BAND_MARGIN, between);
            pairs.toFilter(between, nextFilter);
            gainAtEdge[sub] = Filters.gainAtZero(nextFilter);
            float ratio = Math.max(Filters.TINY, (float) ((below.gainAtEdge[sub] + .01) / (Filters.gainAtPi(nextFilter) + .01)));
            excite(bits, mode, sub, ratio);
            int at = sub * subframe;
            for (int i = 0; i < subframe; i++) {
                innovation[2 * (at + i)] = excitation[i];
            }
            Filters.allPole(lastExcitation, 0, filter, out, half + at, subframe, memory);
            System.arraycopy(excitation, 0, lastExcitation, 0, subframe);
            System.arraycopy(nextFilter, 0, filter, 0, filter.length);
            levels[sub] = Filters.rms(excitation, 0, subframe);
            energy += levels[sub] * levels[sub] / SUBFRAMES;
        }
        level = (float) Math.sqrt(energy);
        System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
        first = false;
    }

    private void excite(BitReader bits, BandMode mode, int sub, float ratio) {
        if (mode == BandMode.FOLDED) {
            float gain = BandMode.foldGain(bits.read(BandMode.FOLD_BITS)) / ratio;
            float share = top ? .7f : .9f;
            for (int i = 0; i < subframe; i += 2) {
                excitation[i] = share * below.innovation[sub * subframe + i] * gain;
                excitation[i + 1] = -(share * below.innovation[sub * subframe + i + 1] * gain);
            }
            return;
        }
        float gain = (float) (BandMode.BELOW_BOUND * BandMode.GAIN_BOUNDS[bits.read(BandMode.GAIN_BITS)]);
        float scale = gain * below.excitation(sub) / ratio;
        Arrays.fill(excitation, 0);
        mode.shapes().read(bits, scale, excitation, 0);
        if (mode.twice()) {
            mode.shapes().read(bits, SECOND_SHAPES * scale, excitation, 0);
        }
    }

    /** Noise as loud as the last frame was; in a pause it stays, after a loss it fades. */
    private void makeUp(float[] out, boolean pause) {
        if (!pause) {
            Filters.widen(.99f, filter, filter);
            level *= .9f;
        }
        first = true;
        for (int i = half; i < 2 * half; i++) {
            out[i] = noise.next(level);
        }
        Filters.allPole(out, half, filter, out, half, half, memory);
    }
}
