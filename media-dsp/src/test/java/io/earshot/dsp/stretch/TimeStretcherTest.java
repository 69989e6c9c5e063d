package io.earshot.dsp.stretch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeStretcherTest {
    /** A voice-like sound: the harmonics of a pitch. */
    private static short[] voice(int rate, double hertz, int millis, int channels) {
        short[] out = new short[rate / 1000 * millis * channels];
        for (int i = 0; i < out.length; i++) {
            double angle = 2 * Math.PI * hertz * (i / channels) / rate;
            out[i] = (short) (4000 * Math.sin(angle) + 2500 * Math.sin(2 * angle + 1) + 1200 * Math.sin(5 * angle + 2));
        }
        return out;
    }

    private static int steepest(short[] pcm, int samples, int channels) {
        int most = 0;
        for (int i = channels; i < samples; i++) {
            most = Math.max(most, Math.abs(pcm[i] - pcm[i - channels]));
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({"8000,100,1", "8000,180,1", "16000,120,1", "16000,230,2", "48000,150,1", "48000,150,2"})
    void takesOutAndPutsInWholePeriodsWithoutAClick(int rate, double hertz, int channels) {
        TimeStretcher stretcher = new TimeStretcher(rate, channels);
        short[] original = voice(rate, hertz, 30, channels);
        short[] pcm = Arrays.copyOf(original, 2 * original.length);
        int limit = rate / 1000 * 15 * channels;
        int shorter = stretcher.shrink(pcm, 0, original.length, limit, 0.6);
        double periods = (original.length - shorter) / (double) channels / (rate / hertz);
        assertTrue(periods > 0.9, "took out " + periods + " periods");
        assertEquals(Math.rint(periods), periods, 0.06);
        assertTrue(steepest(pcm, shorter, channels) <= 1.15 * steepest(original, original.length, channels), "no click");
        assertEquals(original[0], pcm[0]);
        assertEquals(original[original.length - 1], pcm[shorter - 1]);

        pcm = Arrays.copyOf(original, 2 * original.length);
        int longer = stretcher.grow(pcm, 0, original.length, limit, 0.6);
        periods = (longer - original.length) / (double) channels / (rate / hertz);
        assertTrue(periods > 0.9, "put in " + periods + " periods");
        assertEquals(Math.rint(periods), periods, 0.06);
        assertTrue(steepest(pcm, longer, channels) <= 1.15 * steepest(original, original.length, channels), "no click");
        assertEquals(original[0], pcm[0]);
        assertEquals(original[original.length - 1], pcm[longer - 1]);
    }

    @Test void leavesNoiseAloneUnlessToldOtherwise() {
        SplittableRandom random = new SplittableRandom(1);
        short[] noise = new short[160];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt(-8000, 8000);
        }
        short[] pcm = Arrays.copyOf(noise, 400);
        TimeStretcher stretcher = new TimeStretcher(8000, 1);
        assertEquals(160, stretcher.shrink(pcm, 0, 160, 120, 0.6));
        assertEquals(160, stretcher.grow(pcm, 0, 160, 120, 0.6));
        assertArrayEquals(noise, Arrays.copyOf(pcm, 160));
        assertTrue(stretcher.shrink(pcm, 0, 160, 120, -1) < 160);
    }

    @Test void keepsToTheLimitAndToThePiece() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 500; round++) {
            int channels = 1 + random.nextInt(2);
            TimeStretcher stretcher = new TimeStretcher(8000, channels);
            int samples = random.nextInt(400) / channels * channels;
            int offset = random.nextInt(20);
            short[] pcm = new short[1200];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) random.nextInt();
            }
            short[] before = pcm.clone();
            int most = random.nextInt(300);
            boolean grow = random.nextBoolean();
            int now = grow ? stretcher.grow(pcm, offset, samples, most, -1) : stretcher.shrink(pcm, offset, samples, most, -1);
            assertTrue(grow ? now >= samples && now - samples <= most : now <= samples && samples - now <= most);
            assertEquals(0, now % channels);
            assertArrayEquals(Arrays.copyOf(before, offset), Arrays.copyOf(pcm, offset));
            int end = offset + Math.max(now, samples);
            assertArrayEquals(Arrays.copyOfRange(before, end, 1200), Arrays.copyOfRange(pcm, end, 1200));
        }
    }

    @Test void cutsExactlyWhatIsAskedFor() {
        short[] pcm = voice(8000, 200, 20, 1);
        TimeStretcher stretcher = new TimeStretcher(8000, 1);
        assertEquals(160 - 13, stretcher.cut(pcm, 0, 160, 13));
        assertEquals(50, stretcher.cut(pcm, 0, 50, 20), "too short a piece");
        assertEquals(100, stretcher.cut(pcm, 0, 100, 0));
    }

    @Test void refusesWhatIsNoSound() {
        assertThrows(IllegalArgumentException.class, () -> new TimeStretcher(500, 1));
        assertThrows(IllegalArgumentException.class, () -> new TimeStretcher(8000, 0));
    }
}
