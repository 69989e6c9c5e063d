package io.earshot.codec.speex;

import java.util.Arrays;

/** Encodes a layer above narrowband: parts the band in two, leaves the lower half to the layer below, and codes the upper. */
final class BandEncoder extends LayerEncoder {
    private static final int ORDER = 8;
    private static final int WIDE_HALF = 160;
    private static final float SECOND_SHAPES = .4f;
    private static final int[] NARROW_MODES = {1, 8, 2, 3, 4, 5, 5, 6, 6, 7, 7};
    private static final int[] WIDE_MODES = {1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4};
    private static final float[][] WIDE_THRESHOLDS = {
        {11, 11, 9.5f, 8.5f, 7.5f, 6, 5, 3.9f, 3, 2, 1},
        {11, 11, 11, 11, 11, 9.5f, 8.7f, 7.8f, 7, 6.5f, 4},
        {11, 11, 11, 11, 11, 11, 11, 11, 9.8f, 7.5f, 5.5f}};
    private static final float[] TOP_THRESHOLDS = {3.9f, 2.5f, 0, 0, 0, 0, 0, 0, 0, 0, -1};
    private static final float[] FOLD_BOUNDS = new float[31];

    static {
        for (int i = 0; i < FOLD_BOUNDS.length; i++) {
            FOLD_BOUNDS[i] = (float) (.30498 * Math.exp(.125 * i));
        }
    }

    private final LayerEncoder below;
    private final int half;
    private final int subframe;
    private final boolean top;
    private final Qmf qmf;
    private final LinearPrediction prediction;
    private final Lsp pairs = new Lsp(ORDER);
    private final LspQuantizer quantizer = new LspQuantizer();
    private final ShapeSearch shapes = new ShapeSearch();
    private final Weighting weighting;
    /** The end of the last frame, and the new one; what is coded is one subframe behind. */
    private final float[] input;
    private final float[] filter = new float[Filters.ORDER];
    private final float[] lsp = new float[Filters.ORDER];
    private final float[] lastLsp = new float[Filters.ORDER];
    private final float[] quantized = new float[Filters.ORDER];
    private final float[] lastQuantized = new float[Filters.ORDER];
    private final float[] residualMemory = new float[Filters.ORDER];
    private final float[] synthesisMemory = new float[Filters.ORDER];
    private final float[] weightingMemory = new float[Filters.ORDER];
    private final float[] excited;
    private final float[] target;
    private final float[] ringing;
    private final float[] shaped;
    private boolean varying;
    private boolean listening;
    private float wantedQuality = 8;
    private float quality;
    private int selected = 1;
    private int number = 1;
    private boolean first = true;

    /** Makes the layer of which half a frame has so many samples. */
    BandEncoder(LayerEncoder below, int half) {
        this.below = below;
        this.half = half;
        subframe = half / SUBFRAMES;
        top = half > WIDE_HALF;
        qmf = new Qmf(2 * half);
        prediction = new LinearPrediction(ORDER, top ? 2 : 1);
        weighting = new Weighting(ORDER, Lsp.BAND_MARGIN, .9f, .6f, subframe);
        input = new float[subframe + half];
        excited = new float[subframe];
        target = new float[subframe];
        ringing = new float[subframe];
        shaped = new float[subframe];
        pairs.even(lastLsp);
    }

    @Override
    void setMode(int mode) {
        selected = top ? Math.min(1, mode) : WIDE_MODES[mode];
        number = selected;
        below.setMode(top ? mode : NARROW_MODES[mode]);
    }

    @Override
    void setVariable(float wanted) {
        varying = true;
        wantedQuality = wanted;
        below.setVariable(Math.min(10, wanted + .6f));
    }

    @Override
    void setVoiceActivity() {
        listening = true;
        below.setVoiceActivity();
    }

    @Override
    void setDiscontinuous(boolean on) {
        below.setDiscontinuous(on);
    }

    @Override
    boolean silent() {
        return below.silent();
    }

    @Override
    float quality() {
        return quality;
    }

    @Override
    void encode(float[] in, BitWriter bits) {
        qmf.split(in);
        float lowLevel = varying ? Filters.rms(in, 0, half) : 0;
        float highLevel = varying ? Filters.rms(in, half, half) : 0;
        System.arraycopy(input, half, input, 0, subframe);
        System.arraycopy(in, half, input, subframe, half);
        below.encode(in, bits);
        prediction.analyse(input, 0, 0, filter);
        if (!pairs.of(filter, .2f, lsp) && !pairs.of(filter, .05f, lsp)) {
            System.arraycopy(lastLsp, 0, lsp, 0, lsp.length);
        }
        boolean silent = below.silent();
        if (!silent && varying) {
            choose(lowLevel, highLevel);
        } else if (!silent && listening) {
            quality = below.quality();
            number = quality < 2 ? 1 : selected;
        }
        int mode = silent ? BandMode.NONE : number;
        bits.write(1, 1);
        bits.write(mode, BandMode.BITS);
        if (mode == BandMode.NONE) {
            rest();
            return;
        }
        quantizer.writeBand(lsp, bits, quantized);
        if (first) {
            System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
            System.arraycopy(quantized, 0, lastQuantized, 0, quantized.length);
        }
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            weighting.advance(lastLsp, lsp, lastQuantized, quantized, (1f + sub) / SUBFRAMES);
            gainAtEdge[sub] = Filters.gainAtZero(weighting.synthesis);
            subframe(BandMode.of(mode), sub, bits);
        }
        System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
        System.arraycopy(quantized, 0, lastQuantized, 0, quantized.length);
        first = false;
    }

    private void choose(float lowLevel, float highLevel) {
        double ratio = 2 * Math.log((1 + highLevel) / (1 + lowLevel));
        quality = (float) Math.max(-1, below.quality() + Math.max(-4, Math.min(2, ratio)) + 2);
        if (top) {
            number = quality >= threshold(TOP_THRESHOLDS, wantedQuality) ? 1 : 0;
            return;
        }
        number = 1;
        for (int i = WIDE_THRESHOLDS.length; i > 0 && number == 1; i--) {
            number = quality >= threshold(WIDE_THRESHOLDS[i - 1], wantedQuality) ? i + 1 : 1;
        }
    }

    private void rest() {
        Arrays.fill(weightingMemory, 0);
        Arrays.fill(ringing, Filters.TINY);
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            Filters.allPole(ringing, 0, weighting.synthesis, target, 0, subframe, synthesisMemory);
        }
        first = true;
    }

    private void subframe(BandMode mode, int sub, BitWriter bits) {
        int from = sub * subframe;
        float ratio = (below.gainAtEdge[sub] + .01f) / (Filters.gainAtPi(weighting.synthesis) + .01f);
        Filters.allZero(input, from, weighting.synthesis, excited, 0, subframe, residualMemory);
        float level = Filters.rms(excited, 0, subframe);
        if (mode == BandMode.FOLDED) {
            bits.write(NarrowEncoder.code(ratio * level / (1 + below.innovation[sub]), FOLD_BOUNDS), BandMode.FOLD_BITS);
            innovation[sub] = level;
            excitation[sub] = level;
        } else {
            int code = Math.min(15, NarrowEncoder.code(ratio * (1 + level) / (1 + below.excitation[sub]), BandMode.GAIN_BOUNDS));
            bits.write(code, BandMode.GAIN_BITS);
            float gain = (float) (BandMode.BELOW_BOUND * BandMode.GAIN_BOUNDS[code]);
            shape(mode, from, gain / Math.max(Filters.TINY, ratio) * (1 + below.excitation[sub]), bits);
            innovation[sub] = .70711f * Filters.rms(shaped, 0, subframe);
            System.arraycopy(shaped, 0, excited, 0, subframe);
            excitation[sub] = Filters.rms(excited, 0, subframe);
        }
        Filters.allPole(excited, 0, weighting.synthesis, target, 0, subframe, synthesisMemory);
        Filters.poleZero(weighting.numerator, weighting.denominator, target, 0, subframe, weightingMemory);
    }

    /** Sets the excitation that sounds most like the subframe. */
    private void shape(BandMode mode, int from, float scale, BitWriter bits) {
        weighting.impulse();
        weighting.ringing(synthesisMemory, weightingMemory, ringing);
        weighting.weigh(input, from, weightingMemory, target, 0);
        for (int i = 0; i < subframe; i++) {
            target[i] = (target[i] - ringing[i]) / scale;
        }
        Arrays.fill(shaped, 0);
        shapes.weigh(mode.shapes(), weighting.response);
        shapes.search(mode.shapes(), target, weighting.response, bits, shaped);
        if (mode.twice()) {
            weighting.respond(shaped, ringing);
            for (int i = 0; i < subframe; i++) {
                target[i] = 2.5f * (target[i] - ringing[i]);
            }
            Arrays.fill(ringing, 0);
            shapes.search(mode.shapes(), target, weighting.response, bits, ringing);
            Filters.add(SECOND_SHAPES, ringing, 0, shaped, 0, subframe);
        }
        for (int i = 0; i < subframe; i++) {
            shaped[i] *= scale;
        }
    }
}
