package io.earshot.rtp.comfort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is a pause, and how its noise is described. */
@Tag("rfc3389")
class PausesTest {
    private static final int BLOCK = 160;
    private final SplittableRandom random = new SplittableRandom(7);
    private final PauseDetector detector = new PauseDetector();

    private short[] noise(double rms, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round((random.nextDouble() * 2 - 1) * rms * Math.sqrt(3));
        }
        return pcm;
    }

    private static short[] tone(double amplitude) {
        short[] pcm = new short[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            pcm[i] = (short) (amplitude * Math.sin(2 * Math.PI * 400 * i / 8000));
        }
        return pcm;
    }

    private int pauses(double rms, int blocks) {
        int pauses = 0;
        for (int i = 0; i < blocks; i++) {
            pauses += detector.isPause(noise(rms, BLOCK), 0, BLOCK, 20) ? 1 : 0;
        }
        return pauses;
    }

    @Test void steadyNoiseBecomesAPauseAndStaysOne() {
        pauses(60, 50);
        assertEquals(500, pauses(60, 500));
    }

    @Test void soundCountsWithItsFirstBlockAndAQuarterSecondLonger() {
        pauses(30, 100);
        for (int i = 0; i < 20; i++) {
            assertFalse(detector.isPause(tone(3000), 0, BLOCK, 20), "block " + i);
        }
        int still = 0;
        while (!detector.isPause(noise(30, BLOCK), 0, BLOCK, 20)) {
            still++;
        }
        assertEquals(11, still);
    }

    @Test void steadyMusicIsNeverTakenForNoise() {
        for (int i = 0; i < 3000; i++) {
            assertFalse(detector.isPause(tone(1000), 0, BLOCK, 20));
        }
    }

    @Test void noiseThatGrowsIsAPauseAgainAfterSomeSeconds() {
        pauses(20, 100);
        pauses(120, 400);
        assertEquals(100, pauses(120, 100));
    }

    @Test void digitalSilenceIsAPause() {
        pauses(0, 50);
        assertEquals(50, pauses(0, 50));
    }

    @Test void theLevelIsThatOfTheNoise() {
        ComfortNoiseEncoder encoder = new ComfortNoiseEncoder();
        byte[] out = new byte[ComfortNoiseEncoder.MOST_BYTES + 2];
        for (double decibels : new double[] {30, 50, 70}) {
            encoder.reset();
            for (int i = 0; i < 10; i++) {
                encoder.add(noise(32768 * Math.pow(10, -decibels / 20), BLOCK), 0, BLOCK);
            }
            assertEquals(ComfortNoiseEncoder.MOST_BYTES, encoder.write(out, 1));
            assertEquals(decibels, out[1], 1);
        }
    }

    @Test void whiteNoiseHasNoShape() {
        ComfortNoiseEncoder encoder = new ComfortNoiseEncoder();
        for (int i = 0; i < 50; i++) {
            encoder.add(noise(200, BLOCK), 0, BLOCK);
        }
        byte[] out = new byte[11];
        encoder.write(out, 0);
        for (int i = 1; i < 11; i++) {
            assertEquals(127, out[i] & 0xff, 25, "coefficient " + i);
        }
    }

    /** What falls off towards high frequencies has a negative first coefficient: that of an all-pole model of one pole at 0.7. */
    @Test void colouredNoiseHasItsShape() {
        ComfortNoiseEncoder encoder = new ComfortNoiseEncoder();
        double state = 0;
        for (int block = 0; block < 100; block++) {
            short[] white = noise(200, BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                state = 0.7 * state + white[i];
                white[i] = (short) state;
            }
            encoder.add(white, 0, BLOCK);
        }
        byte[] out = new byte[11];
        encoder.write(out, 0);
        assertEquals(-0.7, ((out[1] & 0xff) - 127) * 258 / 32768.0, 0.1);
        assertEquals(0, ((out[2] & 0xff) - 127) * 258 / 32768.0, 0.2);
    }

    @Test void nothingIsDescribedByTheLowestLevelAlone() {
        ComfortNoiseEncoder encoder = new ComfortNoiseEncoder();
        encoder.add(new short[BLOCK], 0, BLOCK);
        byte[] out = new byte[11];
        assertEquals(1, encoder.write(out, 0));
        assertEquals(127, out[0]);
        assertTrue(encoder.level() == 127);
    }
}
