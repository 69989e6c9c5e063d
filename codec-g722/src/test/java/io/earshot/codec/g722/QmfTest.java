package io.earshot.codec.g722;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QmfTest {
    private static final int SAMPLES = 2 * Qmf.BLOCK;

    private final int[] low = new int[Qmf.BLOCK];
    private final int[] high = new int[Qmf.BLOCK];

    @Test
    void splittingAndJoiningOnlyDelays() {
        Qmf split = new Qmf();
        Qmf join = new Qmf();
        short[] in = Signals.vowel(20 * SAMPLES);
        short[] out = new short[in.length];
        for (int at = 0; at < in.length; at += SAMPLES) {
            split.split(in, at, Qmf.BLOCK, low, high);
            join.join(low, high, Qmf.BLOCK, out, at);
        }
        short[] error = new short[in.length];
        for (int i = G722Decoder.FOLLOW_DELAY; i < in.length; i++) {
            error[i] = (short) (out[i] - in[i - G722Decoder.FOLLOW_DELAY]);
        }
        double ratio = Signals.power(in, 0, in.length) / Signals.power(error, 0, in.length);
        assertTrue(ratio > 10_000, "signal to error " + ratio);
    }

    @Test
    void eachToneGoesToItsSubBand() {
        assertEquals(1, lowShare(1_000), 0.001);
        assertEquals(1, lowShare(3_000), 0.01);
        assertEquals(0, lowShare(5_000), 0.01);
        assertEquals(0, lowShare(7_000), 0.001);
    }

    private double lowShare(int frequency) {
        Qmf split = new Qmf();
        short[] in = new short[2 * SAMPLES];
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) (10_000 * Math.sin(2 * Math.PI * frequency * i / 16_000));
        }
        split.split(in, 0, Qmf.BLOCK, low, high);
        split.split(in, SAMPLES, Qmf.BLOCK, low, high);
        double lowPower = 0;
        double highPower = 0;
        for (int i = 0; i < Qmf.BLOCK; i++) {
            lowPower += (double) low[i] * low[i];
            highPower += (double) high[i] * high[i];
        }
        return lowPower / (lowPower + highPower);
    }

    @Test
    void anOverloadedFilterIsLimitedTo15Bits() {
        Qmf split = new Qmf();
        short[] square = new short[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            square[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        split.split(square, 0, Qmf.BLOCK, low, high);
        int most = 0;
        int least = 0;
        for (int sample : low) {
            most = Math.max(most, sample);
            least = Math.min(least, sample);
        }
        assertEquals(16_383, most);
        assertEquals(-16_384, least);
    }

    @Test
    void joinedSoundIsLimitedTo16Bits() {
        for (int i = 0; i < Qmf.BLOCK; i++) {
            low[i] = i / 20 % 2 == 0 ? 16_383 : -16_384;
        }
        short[] out = new short[SAMPLES];
        new Qmf().join(low, high, Qmf.BLOCK, out, 0);
        for (int i = 60; i + 1 < SAMPLES; i++) {
            assertTrue(Math.abs(out[i + 1] - out[i]) < 50_000, "wrapped round at " + i);
        }
    }
}
