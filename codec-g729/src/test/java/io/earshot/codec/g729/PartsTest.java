package io.earshot.codec.g729;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Parts of the codec against what the standard's text says of them. */
class PartsTest {
    private final SplittableRandom random = new SplittableRandom(6);

    @Test
    void bitsComeBackFromWhereTheyWent() {
        for (int i = 0; i < 500; i++) {
            byte[] frame = new byte[14];
            random.nextBytes(frame);
            int[] parameters = new int[SpeechParameters.COUNT];
            SpeechParameters.unpackSpeech(frame, 3, parameters);
            byte[] again = frame.clone();
            Arrays.fill(again, 3, 13, (byte) 0);
            SpeechParameters.packSpeech(parameters, again, 3);
            assertArrayEquals(frame, again);
            SpeechParameters.unpackSid(frame, 5, parameters);
            SpeechParameters.packSid(parameters, again, 5);
            assertEquals(frame[5], again[5]);
            assertEquals(frame[6] & 0xfe, again[6] & 0xff);
        }
    }

    @Test
    void parametersLieAsTable8Says() {
        byte[] frame = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x0f};
        int[] parameters = new int[SpeechParameters.COUNT];
        SpeechParameters.unpackSpeech(frame, 0, parameters);
        assertEquals(0x80, parameters[SpeechParameters.LSP_FIRST]);
        assertEquals(0x0f, parameters[SpeechParameters.SECOND + 3]);
    }

    @Test
    void theFirstLagRunsFrom19AndAThirdTo85InThirdsThenTo143InWholes() {
        assertEquals(3 * 19 + 1, AdaptiveCodebook.decodeFirst(0));
        assertEquals(3 * 85 - 1, AdaptiveCodebook.decodeFirst(196));
        assertEquals(3 * 85, AdaptiveCodebook.decodeFirst(197));
        assertEquals(3 * 143, AdaptiveCodebook.decodeFirst(255));
        for (int i = 1; i < 256; i++) {
            assertTrue(AdaptiveCodebook.decodeFirst(i) > AdaptiveCodebook.decodeFirst(i - 1));
        }
    }

    @Test
    void theSecondLagIsWithinFiveOfTheFirstAndInRange() {
        for (int first = 19; first <= 143; first++) {
            for (int index = 0; index < 32; index++) {
                int thirds = AdaptiveCodebook.decodeSecond(index, first);
                assertEquals(AdaptiveCodebook.lowest(first) - 2 / 3.0 + index / 3.0, thirds / 3.0, 1e-9);
                assertTrue(Math.abs(thirds - 3 * AdaptiveCodebook.whole(thirds)) <= 1);
                assertTrue(AdaptiveCodebook.whole(thirds) >= 19 && AdaptiveCodebook.whole(thirds) <= 144);
            }
        }
    }

    @Test
    void parityTellsOneWrongBitOfTheUpperSix() {
        for (int index = 0; index < 256; index++) {
            for (int bit = 2; bit < 8; bit++) {
                assertEquals(AdaptiveCodebook.parity(index) ^ 1, AdaptiveCodebook.parity(index ^ 1 << bit));
            }
            assertEquals(AdaptiveCodebook.parity(index), AdaptiveCodebook.parity(index ^ 3));
        }
    }

    @Test
    void anIntegerLagInterpolatesToTheDelayedSignalItself() {
        int[] excitation = new int[AdaptiveCodebook.HISTORY + 40];
        for (int i = 0; i < AdaptiveCodebook.HISTORY; i++) {
            excitation[i] = (int) (5000 * Math.sin(0.2 * i));
        }
        AdaptiveCodebook.predict(excitation, AdaptiveCodebook.HISTORY, 60, 0);
        for (int i = 0; i < 40; i++) {
            assertEquals(5000 * Math.sin(0.2 * (AdaptiveCodebook.HISTORY + i - 60)), excitation[AdaptiveCodebook.HISTORY + i], 150);
        }
    }

    @Test
    void everyCodeHasFourPulsesOneToATrack() {
        int[] code = new int[40];
        for (int positions = 0; positions < 8192; positions += 7) {
            FixedCodebook.decode(positions, positions & 15, code);
            int[] at = java.util.stream.IntStream.range(0, 40).filter(i -> code[i] != 0).toArray();
            assertEquals(4, at.length);
            int[] tracks = Arrays.stream(at).map(i -> Math.min(i % 5, 3)).sorted().toArray();
            assertArrayEquals(new int[] {0, 1, 2, 3}, tracks);
        }
    }

    @Test
    void lsfAndLspAreInverses() {
        int[] lsf = new int[10];
        int[] lsp = new int[10];
        int[] again = new int[10];
        for (int i = 0; i < 10; i++) {
            lsf[i] = 1500 + 2300 * i;
        }
        Lsp.fromLsf(lsf, lsp);
        Lsp.toLsf(lsp, again);
        for (int i = 0; i < 10; i++) {
            assertEquals(Math.cos(lsf[i] / 8192.0), lsp[i] / 32768.0, 0.001);
            assertEquals(lsf[i], again[i], 12);
        }
    }

    @Test
    void stabilizedLsfsRiseWithGapsWithinTheirRange() {
        for (int i = 0; i < 1000; i++) {
            int[] lsf = random.ints(10, -2000, 27000).sorted().toArray();
            LspPredictor.stabilize(lsf);
            assertTrue(lsf[0] >= 40 && lsf[9] <= 25681, Arrays.toString(lsf));
            for (int j = 1; j < 9; j++) {
                assertTrue(lsf[j] - lsf[j - 1] >= 321, Arrays.toString(lsf));
            }
        }
    }

    @Test
    void theAnalysisFindsTheFilterThatMadeTheSignal() {
        int[] signal = new int[240];
        int y1 = 0;
        int y2 = 0;
        for (int i = 0; i < 240; i++) {
            int y = random.nextInt(-2000, 2001) + (int) (1.5 * y1 - 0.8 * y2);
            y2 = y1;
            y1 = y;
            signal[i] = y;
        }
        LpcAnalysis analysis = new LpcAnalysis();
        analysis.analyze(signal, 0);
        int[] filter = new int[11];
        Levinson levinson = new Levinson();
        levinson.solve(analysis.high(), analysis.low(), filter);
        assertTrue(levinson.isStable());
        int[] lsp = new int[10];
        new LspSearch().find(filter, lsp, Lsp.initial());
        int[] filters = new int[22];
        Lsp.interpolate(lsp, lsp, filters, new int[22]);
        assertEquals(-1.5, filter[1] / 4096.0, 0.3);
        for (int i = 0; i <= 10; i++) {
            assertEquals(filter[i], filters[11 + i], 60, "coefficient " + i);
        }
    }

    @Test
    void openLoopComesAsNearToThePeriodAsTheFineSearchReaches() {
        for (int period = 25; period <= 140; period += 5) {
            int[] weighted = new int[143 + 80];
            for (int i = 0; i < weighted.length; i++) {
                for (int harmonic = 1; harmonic < 5; harmonic++) {
                    weighted[i] += (int) (1000 * Math.cos(2 * Math.PI * harmonic * i / period));
                }
            }
            int lag = new OpenLoopPitch().find(weighted);
            int multiple = Math.round((float) lag / period);
            assertTrue(multiple >= 1 && Math.abs(lag - multiple * period) <= 3, period + " was taken for " + lag);
        }
    }

    @Test
    void tamingStartsOnlyAfterManyGainsAboveOne() {
        Taming taming = new Taming();
        assertFalse(taming.isNeeded(60, 0));
        for (int i = 0; i < 200; i++) {
            taming.update(19661, 60);
        }
        assertTrue(taming.isNeeded(60, 1));
        for (int i = 0; i < 20; i++) {
            taming.update(0, 60);
        }
        assertFalse(taming.isNeeded(60, 0));
    }

    @Test
    void noiseExcitationHasTheLevelItWasAskedFor() {
        int[] excitation = new int[AdaptiveCodebook.HISTORY + 80];
        NoiseExcitation noise = new NoiseExcitation();
        for (int gain : new int[] {50, 401, 3185}) {
            double sum = 0;
            for (int frame = 0; frame < 50; frame++) {
                noise.generate(gain, excitation, AdaptiveCodebook.HISTORY, null);
                for (int i = 0; i < 80; i++) {
                    sum += Math.pow(excitation[AdaptiveCodebook.HISTORY + i], 2);
                }
                System.arraycopy(excitation, 80, excitation, 0, AdaptiveCodebook.HISTORY);
            }
            assertEquals(1, Math.sqrt(sum / 4000) / (gain / 8.0), 0.3, "gain " + gain);
        }
    }
}
