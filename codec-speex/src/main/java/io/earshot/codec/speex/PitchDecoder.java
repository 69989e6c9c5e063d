package io.earshot.codec.speex;

import java.util.Arrays;

/** What the excitation repeats of itself, and the pitch that is told of on the way. */
final class PitchDecoder {
    private static final int SUBFRAME = NarrowDecoder.SUBFRAME;
    private static final int USUAL = 40;

    private final float[] taps = new float[3];
    private NarrowMode mode = NarrowMode.RATE_15000;
    private int delay;
    private float gain;
    private int best;
    private float bestGain;
    private float sum;

    /** Reads what a frame has in front of its subframes. */
    void begin(BitReader bits, NarrowMode frameMode) {
        mode = frameMode;
        best = USUAL;
        bestGain = 0;
        sum = 0;
        delay = mode.onePitch() ? NarrowDecoder.SHORTEST_DELAY + bits.read(7) : 0;
        gain = mode.pitch == NarrowMode.Pitch.FORCED ? (float) (0.066667 * bits.read(4)) : 0;
    }

    int delay() {
        return delay;
    }

    float gain() {
        return gain;
    }

    /** Returns the delay that the frame's voice is likely to have. */
    int best() {
        return best;
    }

    float meanGain() {
        return .25f * sum;
    }

    /** Reads a subframe's delay and taps, and applies them to what is in front of it. */
    void read(BitReader bits, float[] excitation, int at, int offset, Concealment concealment, float[] out) {
        if (mode.pitch == NarrowMode.Pitch.FORCED) {
            force(excitation, at, out);
        } else {
            int subframeDelay = mode.onePitch() ? delay : NarrowDecoder.SHORTEST_DELAY + bits.read(mode.delayBits());
            int entry = bits.read(mode.taps().bits);
            for (int i = 0; i < 3; i++) {
                taps[i] = mode.taps().tap(entry, i);
            }
            concealment.bound(taps, subframeDelay, offset);
            predict(taps, subframeDelay, excitation, at, out);
            judge(subframeDelay);
        }
    }

    private void force(float[] excitation, int at, float[] out) {
        float held = Math.min(gain, .99f);
        for (int i = 0; i < SUBFRAME; i++) {
            out[i] = excitation[at + i - delay] * held;
            excitation[at + i] = out[i];
        }
        taps[0] = 0;
        taps[1] = held;
        taps[2] = 0;
        judge(delay);
    }

    /** Three taps around the delay; what the subframe itself would have to give is taken from one delay earlier, and then is nothing. */
    static void predict(float[] taps, int delay, float[] excitation, int at, float[] out) {
        Arrays.fill(out, 0, SUBFRAME, 0);
        for (int i = 0; i < 3; i++) {
            int lag = delay + 1 - i;
            int once = Math.min(SUBFRAME, lag);
            int again = Math.min(SUBFRAME, lag + delay);
            Filters.add(taps[2 - i], excitation, at - lag, out, 0, once);
            Filters.add(taps[2 - i], excitation, at + once - lag - delay, out, once, again - once);
        }
    }

    static float amplification(float[] taps) {
        return (float) (Math.abs(taps[1]) + (taps[0] > 0 ? taps[0] : -.5 * taps[0]) + (taps[2] > 0 ? taps[2] : -.5 * taps[2]));
    }

    /** Keeps the strongest delay, rather a shorter one than its multiple. */
    private void judge(int candidate) {
        float strength = amplification(taps);
        sum += strength;
        boolean divides = Math.abs(2 * best - candidate) < 3 || Math.abs(3 * best - candidate) < 4 || Math.abs(4 * best - candidate) < 5;
        boolean divided = Math.abs(best - 2 * candidate) < 3 || Math.abs(best - 3 * candidate) < 4 || Math.abs(best - 4 * candidate) < 5;
        if (strength > bestGain && !divides || strength > .6 * bestGain && divided || .67 * strength > bestGain && divides) {
            best = candidate;
            bestGain = Math.max(bestGain, strength);
        }
    }
}
