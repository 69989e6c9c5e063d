package io.earshot.codec.speex;

import java.util.Arrays;

/** Encodes narrowband frames of 20 ms in four subframes, 5 ms behind what goes in. */
final class NarrowEncoder extends LayerEncoder {
    private static final int FRAME = NarrowDecoder.FRAME;
    private static final int SUBFRAME = NarrowDecoder.SUBFRAME;
    private static final int NOW = NarrowDecoder.LONGEST_DELAY + 2;
    private static final float SECOND_SHAPES = 0.454545f;
    private static final int LONGEST_PAUSE = 20;
    private static final int PAUSE_MARK = 15;
    /** What a frame must deserve to get a mode, by the quality wanted, 0 to 10. */
    private static final float[][] THRESHOLDS = {
        {4, 2.5f, 2, 1.2f, .5f, -.25f, -.5f, -.7f, -.8f, -.9f, -1},
        {10, 6.5f, 5.2f, 4.5f, 3.9f, 3.7f, 3, 2.5f, 2.3f, 1.8f, 1},
        {11, 8.8f, 7.5f, 6.5f, 5, 4.2f, 3.9f, 3.9f, 3.5f, 3, 1},
        {11, 11, 9.9f, 8.5f, 7, 5.25f, 4.5f, 4, 4, 4, 2},
        {11, 11, 11, 11, 9.5f, 9.25f, 8, 7, 5, 4, 3},
        {11, 11, 11, 11, 11, 11, 9.5f, 8.5f, 6.2f, 5.2f, 5},
        {11, 11, 11, 11, 11, 11, 11, 11, 10, 9.8f, 7.5f},
        {7, 4.5f, 3.7f, 3, 2.5f, 1, 1.8f, 1.5f, 1, 0, 0}};

    private enum Rate { CONSTANT, VARIABLE, VOICE_ACTIVITY }

    private final int highPass;
    private final LinearPrediction prediction = new LinearPrediction(Filters.ORDER, 1);
    private final Lsp pairs = new Lsp(Filters.ORDER);
    private final LspQuantizer quantizer = new LspQuantizer();
    private final ShapeSearch shapes = new ShapeSearch();
    private final Activity activity = new Activity();
    private final Weighting weighting = new Weighting(Filters.ORDER, Lsp.NARROW_MARGIN, .92f, .6f, SUBFRAME);
    /** The end of the last frame, and the new one; what is coded is one subframe behind. */
    private final float[] input = new float[SUBFRAME + FRAME];
    private final float[] excited = new float[NOW + FRAME];
    private final float[] weighted = new float[NOW + FRAME];
    private final float[] filter = new float[Filters.ORDER];
    private final float[] sharp = new float[Filters.ORDER];
    private final float[] blunt = new float[Filters.ORDER];
    private final float[] lsp = new float[Filters.ORDER];
    private final float[] lastLsp = new float[Filters.ORDER];
    private final float[] quantized = new float[Filters.ORDER];
    private final float[] lastQuantized = new float[Filters.ORDER];
    private final float[] between = new float[Filters.ORDER];
    private final float[] highPassMemory = new float[2];
    private final float[] wholeMemory = new float[Filters.ORDER];
    private final float[] residualMemory = new float[Filters.ORDER];
    private final float[] subframeMemory = new float[Filters.ORDER];
    private final float[] synthesisMemory = new float[Filters.ORDER];
    private final float[] weightingMemory = new float[Filters.ORDER];
    private final float[] target = new float[SUBFRAME];
    private final float[] ringing = new float[SUBFRAME];
    private final float[] fromPitch = new float[SUBFRAME];
    private final PitchSearch pitch = new PitchSearch(weighting, weighted, excited, target, fromPitch);
    private final float[] shaped = new float[SUBFRAME];
    private final float[] refined = new float[SUBFRAME];
    private Rate rate = Rate.CONSTANT;
    private boolean discontinuous;
    private float wantedQuality = 8;
    private float quality = -1;
    private int selected = 5;
    private int number = 5;
    private int pauses;
    private boolean first = true;
    private boolean alone = true;

    NarrowEncoder(boolean below) {
        highPass = below ? 2 : 0;
        pairs.even(lastLsp);
    }

    @Override
    void setMode(int mode) {
        selected = mode;
        number = mode;
    }

    @Override
    void setVariable(float wanted) {
        rate = Rate.VARIABLE;
        wantedQuality = Math.max(0, Math.min(10, wanted));
    }

    @Override
    void setVoiceActivity() {
        rate = Rate.VOICE_ACTIVITY;
    }

    @Override
    void setDiscontinuous(boolean on) {
        discontinuous = on;
    }

    @Override
    boolean silent() {
        return number == NarrowMode.SILENCE;
    }

    @Override
    float quality() {
        return quality;
    }

    @Override
    void encode(float[] in, BitWriter bits) {
        System.arraycopy(excited, FRAME, excited, 0, NOW);
        System.arraycopy(weighted, FRAME, weighted, 0, NOW);
        System.arraycopy(input, FRAME, input, 0, SUBFRAME);
        Filters.highPass(in, FRAME, highPass, highPassMemory);
        System.arraycopy(in, 0, input, SUBFRAME, FRAME);
        prediction.analyse(input, 0, 1, filter);
        if (!pairs.of(filter, .2f, lsp)) {
            System.arraycopy(lastLsp, 0, lsp, 0, lsp.length);
        }
        int delay = overview();
        if (rate != Rate.CONSTANT) {
            choose(in, delay > 0 ? pitch.roughGain() : 0);
        }
        float level = Filters.rms(excited, NOW, FRAME);
        bits.write(0, 1);
        bits.write(number, 4);
        if (silent()) {
            rest();
            return;
        }
        NarrowMode mode = NarrowMode.of(number);
        float repeated = delay > 0 ? pitch.roughGain() : 0;
        float gain = number != 1 && delay > 0 ? level * (float) (1.1 * Math.sqrt(1 - .8 * repeated * repeated)) : level;
        if (first) {
            System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
        }
        quantizer.writeNarrow(lsp, mode.fineLsp, bits, quantized);
        if (first) {
            System.arraycopy(quantized, 0, lastQuantized, 0, quantized.length);
        }
        frame(mode, delay, repeated, gain, bits);
        System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
        System.arraycopy(quantized, 0, lastQuantized, 0, quantized.length);
        first = false;
        alone = mode == NarrowMode.VOCODER;
    }

    /** Looks at the frame as a whole: what is left of it without its spectrum, and, if that matters, its pitch. Returns the delay or 0. */
    private int overview() {
        if (first) {
            System.arraycopy(lsp, 0, between, 0, lsp.length);
        } else {
            pairs.interpolate(lastLsp, lsp, (1f + SUBFRAMES) / (2 * SUBFRAMES), Lsp.NARROW_MARGIN, between);
        }
        pairs.toFilter(between, filter);
        int delay = 0;
        if (silent() || rate != Rate.CONSTANT || NarrowMode.of(number).gainBits < 3) {
            Filters.widen(.9f, filter, sharp);
            Filters.widen(.55f, filter, blunt);
            System.arraycopy(input, 0, weighted, NOW, FRAME);
            Filters.poleZero(sharp, blunt, weighted, NOW, FRAME, wholeMemory);
            delay = pitch.rough(NOW);
        }
        Filters.allZero(input, 0, filter, excited, NOW, FRAME, residualMemory);
        return delay;
    }

    /** Chooses the mode by what the frame deserves. */
    private void choose(float[] in, float periodic) {
        quality = activity.judge(in, FRAME, periodic);
        int mode = selected;
        if (rate == Rate.VARIABLE) {
            mode = 0;
            float closest = 100;
            for (int candidate = THRESHOLDS.length; candidate > 0; candidate--) {
                float over = quality - threshold(THRESHOLDS[candidate - 1], wantedQuality);
                if (over > 0 && over < closest) {
                    mode = candidate;
                    closest = over;
                }
            }
        } else if (quality < 2) {
            mode = 0;
        }
        if (mode != 0) {
            pauses = 0;
        } else if (pauses == 0 || !discontinuous || pauses > LONGEST_PAUSE || moved()) {
            mode = 1;
            pauses = 1;
        } else {
            pauses++;
        }
        number = mode;
    }

    /** Whether the spectrum has changed so much that a pause needs another description. */
    private boolean moved() {
        float distance = 0;
        for (int i = 0; i < lsp.length; i++) {
            distance += (lastLsp[i] - lsp[i]) * (lastLsp[i] - lsp[i]);
        }
        return distance > .05f;
    }

    private void rest() {
        Arrays.fill(excited, NOW, NOW + FRAME, Filters.TINY);
        Arrays.fill(weighted, NOW, NOW + FRAME, Filters.TINY);
        Arrays.fill(weightingMemory, 0);
        Arrays.fill(synthesisMemory, 0);
        first = true;
        alone = true;
    }

    private void frame(NarrowMode mode, int delay, float repeated, float level, BitWriter bits) {
        if (mode.onePitch()) {
            bits.write(delay - NarrowDecoder.SHORTEST_DELAY, 7);
        }
        float forcedGain = 0;
        if (mode.pitch == NarrowMode.Pitch.FORCED) {
            int code = Math.max(0, Math.min(15, (int) Math.floor(.5 + 15 * .9f * repeated)));
            bits.write(code, 4);
            forcedGain = (float) (0.066667 * code);
        }
        int code = (int) Math.max(0, Math.min(31, Math.floor(.5 + 3.5 * Math.log(level))));
        bits.write(code, 5);
        float gain = (float) Math.exp(code / 3.5);
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            weighting.advance(lastLsp, lsp, lastQuantized, quantized, (1f + sub) / SUBFRAMES);
            gainAtEdge[sub] = Filters.gainAtPi(weighting.synthesis);
            subframe(mode, sub, delay, forcedGain, gain, bits);
            excitation[sub] = Filters.rms(excited, NOW + sub * SUBFRAME, SUBFRAME);
        }
        if (mode == NarrowMode.VOCODER) {
            bits.write(pauses > 0 ? PAUSE_MARK : 0, 4);
        }
    }

    private void subframe(NarrowMode mode, int sub, int delay, float forcedGain, float frameGain, BitWriter bits) {
        int from = sub * SUBFRAME;
        int at = NOW + from;
        weighting.impulse();
        weighting.ringing(synthesisMemory, weightingMemory, ringing);
        weighting.weigh(input, from, weightingMemory, weighted, at);
        for (int i = 0; i < SUBFRAME; i++) {
            target[i] = weighted[at + i] - ringing[i];
        }
        Filters.allZero(input, from, weighting.synthesis, excited, at, SUBFRAME, subframeMemory);
        if (mode.pitch == NarrowMode.Pitch.FORCED) {
            pitch.force(delay, forcedGain, at);
        } else {
            int shortest = mode.onePitch() ? delay : NarrowDecoder.SHORTEST_DELAY;
            int longest = mode.onePitch() ? delay : NarrowDecoder.LONGEST_DELAY;
            pitch.search(mode, shortest, alone ? Math.min(longest, from) : longest, at, bits);
        }
        float gain = gain(mode, at, frameGain, bits);
        for (int i = 0; i < SUBFRAME; i++) {
            target[i] /= gain;
        }
        shape(mode, bits);
        for (int i = 0; i < SUBFRAME; i++) {
            shaped[i] *= gain;
            excited[at + i] = fromPitch[i] + shaped[i];
        }
        innovation[sub] = Filters.rms(shaped, 0, SUBFRAME);
        Filters.allPole(excited, at, weighting.synthesis, weighted, at, SUBFRAME, synthesisMemory);
        Filters.poleZero(weighting.numerator, weighting.denominator, weighted, at, SUBFRAME, weightingMemory);
    }

    /** Writes by how much the subframe's gain is off the frame's; returns what a decoder will use. */
    private float gain(NarrowMode mode, int at, float frameGain, BitWriter bits) {
        if (mode.gainBits == 0) {
            return frameGain;
        }
        for (int i = 0; i < SUBFRAME; i++) {
            excited[at + i] -= fromPitch[i];
        }
        float share = Filters.rms(excited, at, SUBFRAME) / frameGain;
        int code = code(share, mode.gainBounds());
        bits.write(code, mode.gainBits);
        return mode.gains()[code] * frameGain;
    }

    /** Returns between which of the bounds the value is. */
    static int code(float value, float[] bounds) {
        int code = 0;
        while (code < bounds.length && value > bounds[code]) {
            code++;
        }
        return code;
    }

    /** Sets the shapes, of a level of one. */
    private void shape(NarrowMode mode, BitWriter bits) {
        if (mode == NarrowMode.VOCODER) {
            System.arraycopy(target, 0, shaped, 0, SUBFRAME);
            weighting.undo(shaped);
            return;
        }
        Arrays.fill(shaped, 0);
        shapes.weigh(mode.shapes(), weighting.response);
        shapes.search(mode.shapes(), target, weighting.response, bits, shaped);
        if (mode.twice) {
            weighting.respond(shaped, refined);
            for (int i = 0; i < SUBFRAME; i++) {
                target[i] = 2.2f * (target[i] - refined[i]);
            }
            Arrays.fill(refined, 0);
            shapes.search(mode.shapes(), target, weighting.response, bits, refined);
            Filters.add(SECOND_SHAPES, refined, 0, shaped, 0, SUBFRAME);
        }
    }
}
