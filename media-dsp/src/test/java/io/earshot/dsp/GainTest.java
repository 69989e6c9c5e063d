package io.earshot.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GainTest {
    private static final int RATE = 8000;

    @Test
    void startsAtUnityAndPassesBitForBit() {
        short[] pcm = Signals.noise(new Random(1), 32767, 800);
        short[] expected = pcm.clone();
        Gain gain = new Gain(RATE);
        assertTrue(gain.isUnity());
        gain.process(pcm, 0, pcm.length);
        assertArrayEquals(expected, pcm);
    }

    @Test
    void reachesTheFactorAfter10MillisAndStaysThere() {
        Gain gain = new Gain(RATE);
        gain.setDecibels(-6.0206);
        short[] pcm = constant(10_000, 160);
        gain.process(pcm, 0, 160);
        assertEquals(5000, pcm[79], 1);
        assertEquals(5000, pcm[159], 1);
        assertTrue(pcm[78] > 5000);
        assertEquals(0.5, gain.linear(), 1e-5);
    }

    @Test
    void aChangeNeverStepsByMoreThanItsRamp() {
        Random random = new Random(7);
        Gain gain = new Gain(RATE);
        int last = 20_000;
        for (int frame = 0; frame < 500; frame++) {
            gain.setLinear(random.nextDouble());
            short[] pcm = constant(20_000, 1 + random.nextInt(200));
            gain.process(pcm, 0, pcm.length);
            for (short sample : pcm) {
                assertEquals(last, sample, 20_000 / 80.0 + 1, "frame " + frame);
                last = sample;
            }
        }
    }

    @Test
    void muteBecomesExactSilenceAndComesBackBitForBit() {
        Gain gain = new Gain(RATE);
        gain.setDecibels(Decibels.SILENCE);
        short[] pcm = constant(20_000, 320);
        gain.process(pcm, 0, 160);
        gain.process(pcm, 160, 160);
        assertArrayEquals(new short[160], Arrays.copyOfRange(pcm, 160, 320));
        gain.setLinear(1);
        gain.process(pcm, 0, 160);
        short[] noise = Signals.noise(new Random(1), 32767, 160);
        short[] expected = noise.clone();
        gain.process(noise, 0, 160);
        assertArrayEquals(expected, noise);
    }

    @Test
    void amplificationSaturates() {
        Gain gain = new Gain(RATE);
        gain.setLinear(10);
        gain.process(new short[80], 0, 80);
        short[] pcm = {30_000, -30_000, 100, -100};
        gain.process(pcm, 0, 4);
        assertArrayEquals(new short[] {Short.MAX_VALUE, Short.MIN_VALUE, 1000, -1000}, pcm);
    }

    @Test
    void refusesFactorsOutOfRange() {
        Gain gain = new Gain(RATE);
        assertThrows(IllegalArgumentException.class, () -> gain.setLinear(-0.1));
        assertThrows(IllegalArgumentException.class, () -> gain.setLinear(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> gain.setDecibels(61));
    }

    @Test
    void processingAllocatesNothing() {
        Gain gain = new Gain(RATE);
        short[] pcm = new short[160];
        assertEquals(0, Signals.allocatedBy(() -> {
            gain.setLinear(gain.linear() == 1 ? 0.5 : 1);
            gain.process(pcm, 0, 160);
        }));
    }

    @Test
    void decibelsConvertBothWays() {
        assertEquals(2, Decibels.toLinear(6.0206), 1e-4);
        assertEquals(-20, Decibels.ofLinear(0.1), 1e-9);
        assertEquals(0, Decibels.toLinear(Decibels.SILENCE));
        assertEquals(Decibels.SILENCE, Decibels.ofLinear(0));
    }

    private static short[] constant(int value, int samples) {
        short[] pcm = new short[samples];
        Arrays.fill(pcm, (short) value);
        return pcm;
    }
}
