package io.earshot.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ToneGeneratorTest {
    private static final int RATE = 8000;

    @Test
    void aSineHasItsFrequencyAndLevelAndNothingElse() {
        for (int rate : new int[] {8000, 16000, 44100, 48000}) {
            short[] pcm = play(ToneGenerator.sine(rate, 440, -10), rate * 2);
            double wanted = 0.5 * 32767 * 32767 / 10;
            double tone = Signals.powerAt(pcm, rate, rate, rate, 440);
            assertEquals(0, Signals.decibels(tone / wanted), 0.01);
            assertTrue((Signals.power(pcm, rate, rate) - tone) / tone < 1e-8);
        }
    }

    @Test
    void phaseRunsOnThroughFramesOfAnySize() {
        short[] whole = play(ToneGenerator.dual(RATE, 697, 1209, -9), RATE);
        ToneGenerator cut = ToneGenerator.dual(RATE, 697, 1209, -9);
        Random random = new Random(5);
        short[] pieces = new short[RATE];
        for (int at = 0; at < RATE; ) {
            int count = Math.min(random.nextInt(300), RATE - at);
            assertEquals(count, cut.generate(pieces, at, count));
            at += count;
        }
        for (int i = 0; i < RATE; i++) {
            assertEquals(whole[i], pieces[i], 1, "sample " + i);
        }
    }

    @Test
    void anHourLaterAmplitudeAndFrequencyAreStillRight() {
        ToneGenerator tone = ToneGenerator.sine(RATE, 1000, -6);
        short[] frame = new short[RATE];
        for (int second = 0; second < 3600; second++) {
            tone.generate(frame, 0, RATE);
        }
        assertEquals(-6, LevelMeter.rmsDbfs(frame, 0, RATE), 0.01);
        assertEquals(1000, ToneAnalyzer.dominantHz(frame, 0, RATE, RATE), 0.01);
    }

    @Test
    void dualTonesHoldBothAtTheSameLevel() {
        short[] pcm = play(ToneGenerator.dual(RATE, 440, 480, -19), RATE * 2);
        for (double hz : new double[] {440, 480}) {
            assertEquals(-19, ToneAnalyzer.levelDbfs(pcm, RATE, RATE, RATE, hz), 0.05);
        }
    }

    @Test
    void cadencesKeepTheirBordersToTheSampleAndStartAgain() {
        Cadence busy = Cadence.repeating(ToneSegment.sine(425, -10, 50), ToneSegment.silence(30));
        short[] pcm = play(new ToneGenerator(RATE, busy), RATE);
        for (int period = 0; period < 10; period++) {
            int start = period * 640;
            assertTrue(Signals.power(pcm, start + 16, 384) > 1e7, "tone " + period);
            assertArrayEquals(new short[240 - 16], Arrays.copyOfRange(pcm, start + 416, start + 640), "pause " + period);
            assertFalse(pcm[start + 1] == 0 && pcm[start + 2] == 0 && pcm[start + 3] == 0, "starts on time " + period);
        }
    }

    @Test
    void neitherOnsetsNorChangesNorEndsClick() {
        ToneGenerator tone = new ToneGenerator(48_000, new Cadence(List.of(
            ToneSegment.sine(400, -6, 13), ToneSegment.sine(500, -6, 17), ToneSegment.sine(300, -12, 11), ToneSegment.silence(7)), 3));
        short[] pcm = play(tone, 48_000);
        double steepest = 2 * Math.PI * 500 / 48_000 * 16_423 + 16_423 / 96.0 + 2;
        for (int i = 1; i < pcm.length; i++) {
            assertEquals(pcm[i - 1], pcm[i], steepest, "sample " + i);
        }
    }

    @Test
    void aFiniteCadenceSaysWhereItEndsAndIsSilentFromThere() {
        ToneGenerator tone = new ToneGenerator(RATE, Cadence.once(ToneSegment.sine(440, -10, 100)));
        short[] frame = new short[160];
        int total = 0;
        for (int i = 0; i < 10; i++) {
            Arrays.fill(frame, (short) 99);
            int count = tone.generate(frame, 0, 160);
            assertArrayEquals(new short[160 - count], Arrays.copyOfRange(frame, count, 160));
            total += count;
        }
        assertEquals(800 + 16, total, "100 ms and the release of 2 ms");
        assertTrue(tone.isFinished());
    }

    @Test
    void stopFadesWithin2Millis() {
        ToneGenerator tone = ToneGenerator.sine(RATE, 440, -10);
        short[] pcm = play(tone, 165);
        int last = pcm[164];
        tone.stop();
        tone.stop();
        pcm = play(tone, 160);
        assertTrue(last != 0 && Math.abs(pcm[0] - last) < 4000);
        assertArrayEquals(new short[144], Arrays.copyOfRange(pcm, 16, 160));
        assertTrue(tone.isFinished());
    }

    @Test
    void tooManyTonesOfFullScaleSaturate() {
        ToneSegment loud = new ToneSegment(List.of(300.0, 500.0, 700.0, 900.0), 0, 1000);
        short[] pcm = play(new ToneGenerator(RATE, Cadence.once(loud)), 7000);
        int highest = 0;
        for (int i = 0; i < pcm.length; i++) {
            highest = Math.max(highest, pcm[i]);
        }
        assertEquals(Short.MAX_VALUE, highest);
    }

    @Test
    void refusesWhatCannotSound() {
        assertThrows(IllegalArgumentException.class, () -> ToneGenerator.sine(8000, 4000, -10));
        assertThrows(IllegalArgumentException.class, () -> ToneSegment.sine(0, -10, 100));
        assertThrows(IllegalArgumentException.class, () -> ToneSegment.sine(440, 1, 100));
        assertThrows(IllegalArgumentException.class, () -> ToneSegment.silence(0));
        assertThrows(IllegalArgumentException.class, Cadence::once);
    }

    @Test
    void generatingAllocatesNothing() {
        ToneGenerator tone = new ToneGenerator(RATE,
            Cadence.repeating(ToneSegment.dual(440, 480, -19, 2000), ToneSegment.silence(30), ToneSegment.sine(425, -10, 25)));
        short[] frame = new short[160];
        assertEquals(0, Signals.allocatedBy(() -> tone.generate(frame, 0, 160)));
    }

    private static short[] play(ToneGenerator tone, int samples) {
        short[] pcm = new short[samples];
        tone.generate(pcm, 0, samples);
        return pcm;
    }
}
