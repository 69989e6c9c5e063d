package io.earshot.codec.gsm;

import java.util.Arrays;

/**
 * Makes up frames in place of lost ones as the example solution of GSM 06.11 does: the first is the last good one again, the next are
 * the same ever softer, and after 320 ms at the latest there is silence.
 */
final class Substitution {
    /** What the coded amplitude loses per lost frame: 3 to 6 dB. */
    private static final int AMPLITUDE_STEP = 4;
    /** The silence frame of GSM 06.11: a flat spectrum, and pulses of the smallest amplitude, the same in every subframe. */
    private static final int[] SILENT_LAR = {42, 39, 21, 10, 9, 4, 3, 2};
    private static final int[] SILENT_PULSES = {3, 4, 3, 4, 4, 3, 3, 3, 3, 4, 4, 3, 3};
    private static final int SILENT_GRID = 1;
    /** Of the generator that scatters the grids, so that softening noise does not buzz. */
    private static final int MULTIPLIER = 1_103_515_245;
    private static final int INCREMENT = 12_345;

    private final Frame last = new Frame();
    private int lost;
    private boolean silent;
    private int seed;

    Substitution() {
        reset();
    }

    void reset() {
        silence();
        lost = 0;
        seed = 1;
    }

    /** Remembers the newest good frame. */
    void good(Frame frame) {
        last.copyFrom(frame);
        lost = 0;
        silent = false;
    }

    /** Returns the frame to be decoded instead of the next lost one; it stays valid until the next call. */
    Frame next() {
        lost++;
        if (lost > 1) {
            soften();
        }
        return last;
    }

    private void soften() {
        if (silent) {
            return;
        }
        boolean audible = false;
        for (int sub = 0; sub < Frame.SUBFRAMES; sub++) {
            last.amplitude[sub] = Math.max(0, last.amplitude[sub] - AMPLITUDE_STEP);
            last.gain[sub] = Math.min(last.gain[sub], Math.max(0, 3 - lost / 2)); // or the predictor would keep the sound alive
            seed = seed * MULTIPLIER + INCREMENT;
            last.grid[sub] = seed >>> 30;
            audible |= last.amplitude[sub] > 0;
        }
        if (!audible) {
            silence();
        }
    }

    private void silence() {
        silent = true;
        System.arraycopy(SILENT_LAR, 0, last.lar, 0, Frame.ORDER);
        Arrays.fill(last.lag, LongTermPredictor.MIN_LAG);
        Arrays.fill(last.gain, 0);
        Arrays.fill(last.grid, SILENT_GRID);
        Arrays.fill(last.amplitude, 0);
        for (int sub = 0; sub < Frame.SUBFRAMES; sub++) {
            System.arraycopy(SILENT_PULSES, 0, last.pulse, sub * Frame.PULSES, Frame.PULSES);
        }
    }
}
