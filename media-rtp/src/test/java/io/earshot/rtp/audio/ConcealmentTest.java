package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcealmentTest {
    private static short[] voice(int rate, double pitch, int samples) {
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            double phase = 2 * Math.PI * pitch * i / rate;
            out[i] = (short) (6000 * Math.sin(phase) + 3000 * Math.sin(2 * phase + 1) + 1500 * Math.sin(3 * phase + 2));
        }
        return out;
    }

    private static int largestStep(short[] pcm, int from, int to) {
        int largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return largest;
    }

    private static double error(short[] a, short[] b, int from, int to) {
        double noise = 0;
        double signal = 0;
        for (int i = from; i < to; i++) {
            noise += (a[i] - b[i]) * (double) (a[i] - b[i]);
            signal += b[i] * (double) b[i];
        }
        return noise / signal;
    }

    /** Plays blocks of 20 ms, of which one is lost, in place; returns what is heard. */
    private static short[] play(short[] original, int rate, int lostFrom, int lostTo) {
        Concealment concealment = new Concealment(rate, 1);
        int block = rate / 50;
        short[] heard = original.clone();
        for (int i = 0; i + block <= heard.length; i += block) {
            if (i >= lostFrom && i < lostTo) {
                concealment.conceal(heard, i, block);
            } else {
                concealment.received(heard, i, block);
            }
        }
        return heard;
    }

    @ParameterizedTest
    @CsvSource({"8000,80", "8000,123", "8000,310", "16000,100", "16000,217", "48000,95", "48000,180"})
    void continuesAVoiceInPhaseWithoutClicks(int rate, double pitch) {
        short[] original = voice(rate, pitch, rate / 5);
        int lost = rate / 10;
        int block = rate / 50;
        short[] heard = play(original, rate, lost, lost + block);
        assertTrue(error(heard, original, lost, lost + block / 2) < 0.1, "error " + error(heard, original, lost, lost + block / 2));
        int usual = largestStep(original, 1, original.length);
        assertTrue(largestStep(heard, 1, heard.length) < 1.5 * usual);
    }

    @Test void fadesToSilenceInSixtyMilliseconds() {
        short[] original = voice(8000, 123, 3200);
        short[] heard = play(original, 8000, 800, 1600);
        assertTrue(largestStep(heard, 800, 960) > 500);
        for (int i = 800 + 480; i < 1600; i++) {
            assertEquals(0, heard[i]);
        }
    }

    @Test void whatComesAfterIsJoinedSmoothlyAndThenUntouched() {
        short[] original = voice(8000, 123, 3200);
        short[] heard = play(original, 8000, 800, 1600);
        assertTrue(Math.abs(heard[1600]) < 700);
        for (int i = 1600 + 32; i < heard.length; i++) {
            assertEquals(original[i], heard[i]);
        }
    }

    @Test void noiseStaysWithinItsLevel() {
        SplittableRandom random = new SplittableRandom(2);
        short[] noise = new short[1600];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt(-32_768, 32_768);
        }
        short[] heard = play(noise, 8000, 800, 960);
        double energy = 0;
        double reference = 0;
        for (int i = 0; i < 160; i++) {
            energy += heard[800 + i] * (double) heard[800 + i];
            reference += noise[640 + i] * (double) noise[640 + i];
        }
        assertTrue(energy < 1.5 * reference && energy > 0.2 * reference);
    }

    @Test void silenceIsReachedWithoutAClick() {
        short[] pcm = voice(8000, 123, 1600);
        Concealment concealment = new Concealment(8000, 1);
        concealment.received(pcm, 0, 800);
        concealment.silence(pcm, 800, 160);
        assertTrue(largestStep(pcm, 790, 960) <= 1.5 * largestStep(pcm, 1, 790));
        assertEquals(0, pcm[959]);
        concealment.silence(pcm, 960, 160);
        assertEquals(0, largestStep(pcm, 960, 1120));
    }

    @Test void channelsStayApart() {
        short[] left = voice(8000, 123, 1600);
        short[] both = new short[3200];
        for (int i = 0; i < 1600; i++) {
            both[2 * i] = left[i];
        }
        Concealment concealment = new Concealment(8000, 2);
        for (int i = 0; i < 3200; i += 320) {
            if (i == 1600) {
                concealment.conceal(both, i, 320);
            } else {
                concealment.received(both, i, 320);
            }
        }
        int loud = 0;
        for (int i = 0; i < 1600; i++) {
            assertEquals(0, both[2 * i + 1]);
            loud = i >= 800 && i < 960 ? Math.max(loud, both[2 * i]) : loud;
        }
        assertTrue(loud > 3000);
    }
}
