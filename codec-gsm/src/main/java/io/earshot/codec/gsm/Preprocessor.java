package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.round;
import static io.earshot.codec.gsm.Fixed.saturate;

/** Removes the direct component and lifts the high frequencies before analysis (GSM 06.10 §5.2.1 to §5.2.3). */
final class Preprocessor {
    private static final int DECAY = 32735;
    private static final int EMPHASIS = -28180;

    private int lastScaled;
    private int lastCompensated;
    /** The recursive part of the offset compensation, with 15 more fractional bits than a sample. */
    private int recursion;

    /** Turns 160 samples of 16 bit PCM, of which 13 bits count, into the signal that is analysed. */
    void process(short[] pcm, int offset, int[] out) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            int scaled = pcm[offset + i] >> 3 << 2;
            int difference = scaled - lastScaled << 15;
            lastScaled = scaled;
            int high = recursion >> 15;
            int low = recursion - (high << 15);
            recursion = saturate32((long) high * DECAY + difference + round(low, DECAY));
            int compensated = saturate32((long) recursion + 0x4000) >> 15;
            out[i] = saturate(compensated + round(lastCompensated, EMPHASIS));
            lastCompensated = compensated;
        }
    }

    private static int saturate32(long sum) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, sum));
    }
}
