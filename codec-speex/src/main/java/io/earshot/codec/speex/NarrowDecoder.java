package io.earshot.codec.speex;

import java.util.Arrays;

/**
 * Decodes narrowband frames of 20 ms in four subframes; what comes out is 5 ms behind what goes in, for the enhancement looks ahead. The
 * format has no description but its reference implementation, whose arithmetic this follows.
 */
final class NarrowDecoder extends LayerDecoder {
    static final int FRAME = 160;
    static final int SUBFRAME = 40;
    static final int SHORTEST_DELAY = 17;
    static final int LONGEST_DELAY = 144;
    /** Where the frame begins in the excitation, behind all that the enhancement looks at. */
    private static final int NOW = 2 * LONGEST_DELAY + SUBFRAME + 6;
    private static final int KEPT = 2 * LONGEST_DELAY + SUBFRAME + 12;
    private static final float LOUDEST = 32_000;
    private static final float SECOND_SHAPES = 0.454545f;

    private final int highPass;
    private final Noise noise = new Noise();
    private final Lsp pairs = new Lsp(Filters.ORDER);
    private final Enhancement enhancement = new Enhancement();
    private final Concealment concealment = new Concealment();
    private final Vocoder vocoder = new Vocoder();
    private final PitchDecoder pitch = new PitchDecoder();
    private final float[] excitation = new float[NOW + FRAME + 6];
    private final float[] fromPitch = new float[SUBFRAME];
    private final float[] lsp = new float[Filters.ORDER];
    private final float[] lastLsp = new float[Filters.ORDER];
    private final float[] between = new float[Filters.ORDER];
    private final float[] filter = new float[Filters.ORDER];
    private final float[] nextFilter = new float[Filters.ORDER];
    private final float[] memory = new float[Filters.ORDER];
    private final float[] highPassMemory = new float[2];
    private boolean first = true;
    private boolean pausing;

    /** Makes the lowest layer; below another one it lets a little more of the low frequencies through. */
    NarrowDecoder(boolean below) {
        super(FRAME);
        highPass = below ? 3 : 1;
    }

    @Override
    boolean pausing() {
        return pausing;
    }

    @Override
    float excitation(int subframe) {
        return Filters.rms(excitation, NOW + subframe * SUBFRAME, SUBFRAME);
    }

    @Override
    void conceal(float[] out) {
        if (pausing) {
            noise(out);
            return;
        }
        float level = Filters.rms(excitation, NOW, FRAME);
        shift();
        concealment.excite(excitation, NOW, FRAME, level, noise);
        Filters.widen(.98f, filter, filter);
        Filters.allPole(excitation, NOW - SUBFRAME, filter, out, 0, FRAME, memory);
        Filters.highPass(out, FRAME, 1, highPassMemory);
        first = false;
    }

    @Override
    void decode(BitReader bits, float[] out) {
        bits.read(1);
        int number = bits.read(4);
        if (number == NarrowMode.SILENCE) {
            noise(out);
            return;
        }
        shift();
        NarrowMode mode = NarrowMode.of(number);
        LspQuantizer.readNarrow(bits, mode.fineLsp, lsp);
        if (concealment.lost() > 0) {
            calm();
        }
        if (first || concealment.lost() > 0) {
            System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
        }
        pitch.begin(bits, mode);
        float gain = (float) Math.exp(bits.read(5) / 3.5);
        pausing = mode == NarrowMode.VOCODER && bits.read(4) == 15;
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            subframe(bits, mode, sub, gain);
        }
        if (mode.comb > 0 && concealment.lost() == 0) {
            enhancement.comb(excitation, NOW - SUBFRAME, out, 0, pitch.best(), mode.comb);
            enhancement.comb(excitation, NOW + SUBFRAME, out, 2 * SUBFRAME, pitch.best(), mode.comb);
        } else {
            if (concealment.lost() > 0) {
                float scale = Math.min(2, gain / (1 + Filters.rms(excitation, NOW, FRAME)));
                for (int i = NOW; i < NOW + FRAME; i++) {
                    excitation[i] *= scale;
                }
            }
            System.arraycopy(excitation, NOW - SUBFRAME, out, 0, FRAME);
        }
        synthesize(out);
        concealment.received(pitch.best(), pitch.meanGain());
        first = false;
    }

    private void shift() {
        System.arraycopy(excitation, FRAME, excitation, 0, KEPT);
    }

    /** After a loss the filter forgets the more, the more the sound has changed. */
    private void calm() {
        float distance = 0;
        for (int i = 0; i < lsp.length; i++) {
            distance += Math.abs(lastLsp[i] - lsp[i]);
        }
        float factor = (float) (.6 * Math.exp(-.2 * distance));
        for (int i = 0; i < memory.length; i++) {
            memory[i] *= factor;
        }
    }

    private void subframe(BitReader bits, NarrowMode mode, int sub, float frameGain) {
        int at = NOW + sub * SUBFRAME;
        Arrays.fill(excitation, at, at + SUBFRAME, 0);
        pitch.read(bits, excitation, at, sub * SUBFRAME, concealment, fromPitch);
        for (int i = 0; i < SUBFRAME; i++) {
            fromPitch[i] = fromPitch[i] >= -LOUDEST ? Math.min(fromPitch[i], LOUDEST) : fromPitch[i] < -LOUDEST ? -LOUDEST : 0;
        }
        float gain = mode.gainBits == 0 ? frameGain : mode.gains()[bits.read(mode.gainBits)] * frameGain;
        int from = sub * SUBFRAME;
        if (mode == NarrowMode.VOCODER) {
            for (int i = from; i < from + SUBFRAME; i++) {
                innovation[i] = gain * noise.next(1);
            }
            vocoder.excite(excitation, at, innovation, from, pitch.delay(), pitch.gain(), frameGain);
            return;
        }
        Arrays.fill(innovation, from, from + SUBFRAME, 0);
        mode.shapes().read(bits, gain, innovation, from);
        if (mode.twice) {
            mode.shapes().read(bits, SECOND_SHAPES * gain, innovation, from);
        }
        for (int i = 0; i < SUBFRAME; i++) {
            excitation[at + i] = fromPitch[i] + innovation[from + i];
        }
    }

    /** Filters in place, each subframe with the filter of the one before: the enhancement is that far behind. */
    private void synthesize(float[] out) {
        for (int sub = 0; sub < SUBFRAMES; sub++) {
            pairs.interpolate(lastLsp, lsp, (1f + sub) / SUBFRAMES, Lsp.NARROW_MARGIN, between);
            pairs.toFilter(between, nextFilter);
            gainAtEdge[sub] = Filters.gainAtPi(nextFilter);
            Filters.allPole(out, sub * SUBFRAME, filter, out, sub * SUBFRAME, SUBFRAME, memory);
            System.arraycopy(nextFilter, 0, filter, 0, filter.length);
        }
        Filters.highPass(out, FRAME, highPass, highPassMemory);
        System.arraycopy(lsp, 0, lastLsp, 0, lsp.length);
    }

    /** A frame of a pause: noise as loud as what was before. */
    private void noise(float[] out) {
        shift();
        Filters.widen(.93f, filter, nextFilter);
        float level = Filters.rms(excitation, NOW, FRAME);
        for (int i = NOW; i < NOW + FRAME; i++) {
            excitation[i] = noise.next(level);
        }
        Filters.allPole(excitation, NOW, nextFilter, out, 0, FRAME, memory);
        Arrays.fill(innovation, 0);
        first = true;
        concealment.silence();
    }
}
