package io.earshot.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.dsp.kernel.Fft;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ToneAnalyzerTest {
    @Test
    void findsTheFrequencyWithin2HzInHalfASecondAtEveryRate() {
        Random random = new Random(11);
        for (int rate : new int[] {8000, 16000, 24000, 32000, 44100, 48000}) {
            for (int i = 0; i < 12; i++) {
                double hz = 50 + random.nextDouble() * (rate / 2.0 - 150);
                short[] pcm = Signals.sine(rate, hz, 3000, rate / 2 + 7);
                assertEquals(hz, ToneAnalyzer.dominantHz(pcm, 7, rate / 2, rate), 0.2, "at " + rate);
            }
        }
    }

    @Test
    void findsTheFrequencyInNoiseAsLoudAsTheTone() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double hz = 100 + random.nextDouble() * 3700;
            short[] pcm = Signals.noise(random, 6000, 4000);
            short[] tone = Signals.sine(8000, hz, 5000, 4000);
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] += tone[i];
            }
            assertEquals(hz, ToneAnalyzer.dominantHz(pcm, 0, 4000, 8000), 2, "seed " + seed);
        }
    }

    @Test
    void theStrongerOfTwoTonesDominatesAndDcDoesNot() {
        short[] pcm = Signals.sine(8000, 1209, 4000, 8000);
        short[] other = Signals.sine(8000, 697, 5000, 8000);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (pcm[i] + other[i] + 15_000);
        }
        assertEquals(697, ToneAnalyzer.dominantHz(pcm, 0, 8000, 8000), 0.2);
    }

    @Test
    void silenceAndTinyBlocksHaveNoFrequency() {
        assertEquals(0, ToneAnalyzer.dominantHz(new short[8000], 0, 8000, 8000));
        assertEquals(0, ToneAnalyzer.dominantHz(Signals.sine(8000, 440, 2, 8000), 0, 8000, 8000));
        assertEquals(0, ToneAnalyzer.dominantHz(new short[] {9000, -9000, 9000}, 0, 3, 8000));
        assertEquals(0, ToneAnalyzer.dominantHz(new short[0], 0, 0, 8000));
    }

    @Test
    void purityTellsTheToneFromNoiseAndFromOtherTones() {
        short[] tone = Signals.sine(8000, 1000, 5000, 8000);
        assertEquals(1, ToneAnalyzer.purity(tone, 0, 8000, 8000, 1000), 0.001);
        assertTrue(ToneAnalyzer.purity(tone, 0, 8000, 8000, 1100) < 0.001);
        assertTrue(ToneAnalyzer.purity(Signals.noise(new Random(1), 5000, 8000), 0, 8000, 8000, 1000) < 0.01);
        assertEquals(0, ToneAnalyzer.purity(new short[800], 0, 800, 8000, 1000));
    }

    @Test
    void goertzelMeasuresTheLevelOfFrequenciesThatDoNotFitTheBlock() {
        for (double hz = 300; hz < 3500; hz += 77.3) {
            GoertzelDetector detector = new GoertzelDetector(8000, hz);
            short[] pcm = Signals.sine(8000, hz, 3276.7, 1600);
            detector.add(pcm, 0, 1000);
            detector.add(pcm, 1000, 600);
            assertEquals(1600, detector.samples());
            assertEquals(-20, detector.levelDbfs(), 0.15, hz + " Hz");
        }
    }

    @Test
    void goertzelIsDeafOneResolutionAwayAndAfterAReset() {
        GoertzelDetector detector = new GoertzelDetector(8000, 1000);
        detector.add(Signals.sine(8000, 1050, 10_000, 160), 0, 160);
        assertTrue(detector.levelDbfs() < -80, detector.levelDbfs() + " dBFS");
        detector.add(Signals.sine(8000, 1000, 10_000, 160), 0, 160);
        detector.reset();
        assertEquals(Decibels.SILENCE, detector.levelDbfs());
        detector.add(new short[160], 0, 160);
        assertEquals(Decibels.SILENCE, detector.levelDbfs());
        assertThrows(IllegalArgumentException.class, () -> new GoertzelDetector(8000, 4000));
    }

    @Test
    void theTransformAgreesWithItsDefinition() {
        Random random = new Random(3);
        double[] re = random.doubles(64).toArray();
        double[] im = random.doubles(64).toArray();
        double[] re0 = re.clone();
        double[] im0 = im.clone();
        new Fft(64).forward(re, im);
        for (int k = 0; k < 64; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int n = 0; n < 64; n++) {
                double angle = -2 * Math.PI * k * n / 64;
                sumRe += re0[n] * Math.cos(angle) - im0[n] * Math.sin(angle);
                sumIm += re0[n] * Math.sin(angle) + im0[n] * Math.cos(angle);
            }
            assertEquals(sumRe, re[k], 1e-9);
            assertEquals(sumIm, im[k], 1e-9);
        }
        assertThrows(IllegalArgumentException.class, () -> new Fft(48));
    }

    @Test
    void levelsAreRelativeToASineOfFullScale() {
        LevelMeter meter = new LevelMeter();
        assertEquals(Decibels.SILENCE, meter.rmsDbfs());
        assertEquals(Decibels.SILENCE, meter.peakDbfs());
        short[] sine = Signals.sine(8000, 500, 32767, 8000);
        meter.add(sine, 0, 4000);
        meter.add(sine, 4000, 4000);
        assertEquals(0, meter.rmsDbfs(), 0.001);
        assertEquals(0, meter.peakDbfs(), 0.001);
        assertEquals(8000, meter.samples());
        meter.reset();
        meter.add(new short[] {Short.MIN_VALUE, Short.MAX_VALUE}, 0, 2);
        assertEquals(3.01, meter.rmsDbfs(), 0.01);
        meter.reset();
        meter.add(Signals.sine(8000, 500, 3276.7, 8000), 0, 8000);
        assertEquals(-20, meter.rmsDbfs(), 0.01);
        assertEquals(-20, meter.peakDbfs(), 0.01);
    }

    @Test
    void metersAllocateNothing() {
        LevelMeter meter = new LevelMeter();
        GoertzelDetector detector = new GoertzelDetector(8000, 1000);
        short[] frame = Signals.sine(8000, 500, 30_000, 160);
        double[] sink = new double[1];
        assertEquals(0, Signals.allocatedBy(() -> {
            meter.add(frame, 0, 160);
            detector.add(frame, 0, 160);
            sink[0] += meter.rmsDbfs() + detector.levelDbfs();
            detector.reset();
        }));
    }
}
