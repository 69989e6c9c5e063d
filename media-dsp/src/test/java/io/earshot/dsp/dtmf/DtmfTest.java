package io.earshot.dsp.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.dsp.ToneAnalyzer;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of ITU-T Q.24, with the figures of AT&T there. */
class DtmfTest {
    private static final String KEYS = "123A456B789C*0#D";
    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};
    private static final int RATE = 8000;

    private static double[] tone(double[] pcm, int key, double lowDb, double highDb, double off, int from, int samples) {
        double low = 32767 * Math.pow(10, lowDb / 20);
        double high = 32767 * Math.pow(10, highDb / 20);
        for (int i = from; i < from + samples; i++) {
            double t = 2 * Math.PI * (i - from) / RATE * (1 + off);
            pcm[i] += low * Math.sin(LOW[key / 4] * t + key) + high * Math.sin(HIGH[key % 4] * t + 3 * key);
        }
        return pcm;
    }

    private static String heard(double[] signal, double sigma, long seed) {
        Random random = new Random(seed);
        short[] pcm = new short[signal.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.max(-32768, Math.min(32767, Math.round(signal[i] + sigma * random.nextGaussian())));
        }
        return heard(new DtmfDetector(RATE), pcm);
    }

    private static String heard(DtmfDetector detector, short[] pcm) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < pcm.length; i += 160) {
            detector.add(pcm, i, Math.min(160, pcm.length - i));
            for (char digit = detector.poll(); digit != 0; digit = detector.poll()) {
                found.append(digit);
            }
        }
        return found.toString();
    }

    /** Counts the right answers of all digits at eight phases against the blocks of the detector. */
    private static int detected(double lowDb, double highDb, double off, double millis, double snrDb) {
        int right = 0;
        for (int key = 0; key < 16; key++) {
            for (int phase = 0; phase < 8; phase++) {
                double[] pcm = tone(new double[1600], key, lowDb, highDb, off, 401 + 9 * phase, (int) (millis * 8));
                double power = (Math.pow(10, lowDb / 10) + Math.pow(10, highDb / 10)) / 2;
                double sigma = snrDb > 90 ? 1 : 32767 * Math.sqrt(power * Math.pow(10, -snrDb / 10));
                String heard = heard(pcm, sigma, key * 8 + phase);
                right += heard.equals(String.valueOf(KEYS.charAt(key))) ? 1 : 0;
                right -= heard.isEmpty() || heard.equals(String.valueOf(KEYS.charAt(key))) ? 0 : 1000;
            }
        }
        return right;
    }

    @ParameterizedTest(name = "row {0} dBFS, column {1} dBFS, {2} off, {3} ms, {4} dB over noise")
    @CsvSource({"-15,-15,0,40,99", "-15,-15,0.015,40,99", "-15,-15,-0.015,40,99", "-18,-14,0,40,99", "-14,-22,0,40,99", "-28,-28,0,40,99",
        "-6.1,-6.1,0,40,99", "-20,-20,0,40,15", "-14,-22,0.015,40,24", "-14,-22,-0.015,40,24", "-18,-14,0.015,40,24", "-15,-15,0,100,15"})
    void whatMustBeTakenIsTaken(double low, double high, double off, double millis, double snr) {
        assertEquals(128, detected(low, high, off, millis, snr));
    }

    @ParameterizedTest(name = "row {0} dBFS, column {1} dBFS, {2} off, {3} ms")
    @CsvSource({"-15,-15,0.035,100", "-15,-15,-0.035,100", "-15,-15,0,23", "-15,-15,0,15", "-58,-58,0,100", "-38,-38,0,100",
        "-22,-14,0,100", "-12,-24,0,100"})
    void whatMustBeRefusedIsRefused(double low, double high, double off, double millis) {
        assertEquals(0, detected(low, high, off, millis, 99));
    }

    @Test void anInterruptionOfTenMillisecondsIsBridgedAndAPauseOfFortySeparates() {
        for (int key = 0; key < 16; key++) {
            String digit = String.valueOf(KEYS.charAt(key));
            double[] broken = tone(tone(new double[4000], key, -15, -15, 0, 500, 480), key, -15, -15, 0, 500 + 480 + 80, 480);
            assertEquals(digit, heard(broken, 1, key));
            double[] twice = tone(tone(new double[4000], key, -15, -15, 0, 500, 400), key, -15, -15, 0, 500 + 400 + 320, 400);
            assertEquals(digit + digit, heard(twice, 1, key));
        }
    }

    @Test void singleTonesAndNoiseAreNoDigits() {
        for (double hz : new double[] {350, 440, 480, 620, 697, 941, 1209, 1400, 1633, 2100}) {
            short[] pcm = new short[RATE];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) Math.round(8000 * Math.sin(2 * Math.PI * hz * i / RATE));
            }
            assertEquals("", heard(new DtmfDetector(RATE), pcm), hz + " Hz");
        }
        assertEquals("", heard(new double[10 * RATE], 3000, 1));
    }

    @Test void speechIsTakenForNoDigit() {
        SyntheticSpeech speech = new SyntheticSpeech(RATE, 1);
        short[] pcm = new short[RATE * 60];
        DtmfDetector detector = new DtmfDetector(RATE);
        for (int minute = 0; minute < 4; minute++) {
            speech.read(pcm, 0, pcm.length);
            assertEquals("", heard(detector, pcm));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 44_100, 48_000})
    void whatIsGeneratedIsHeardAtEveryRate(int rate) {
        DtmfGenerator generator = new DtmfGenerator(rate, DtmfLevels.DEFAULT);
        DtmfDetector detector = new DtmfDetector(rate);
        assertEquals(16, generator.enqueue(KEYS));
        short[] frame = new short[rate / 50];
        StringBuilder heard = new StringBuilder();
        int frames = 0;
        while (generator.isPlaying()) {
            generator.generate(frame, 0, frame.length);
            heard.append(heard(detector, frame));
            frames++;
        }
        assertEquals(KEYS, heard.toString());
        assertEquals(16 * 180 / 20, frames, 1);
        generator.generate(frame, 0, frame.length);
        assertEquals(0, frame[frame.length - 1]);
    }

    @Test void levelsAndFrequenciesAreWhatWasAsked() {
        DtmfGenerator generator = new DtmfGenerator(RATE, new DtmfLevels(-20, -14, 200, 50));
        generator.enqueue("6");
        short[] pcm = new short[1600];
        generator.generate(pcm, 0, pcm.length);
        assertEquals(-20, ToneAnalyzer.levelDbfs(pcm, 200, 1200, RATE, 770), 0.1);
        assertEquals(-14, ToneAnalyzer.levelDbfs(pcm, 200, 1200, RATE, 1477), 0.1);
    }

    @Test void theQueueRefusesWhatItCannotPlay() {
        DtmfGenerator generator = new DtmfGenerator(RATE, DtmfLevels.DEFAULT);
        assertEquals(2, generator.enqueue("12x3"));
        assertEquals(254, generator.enqueue("1".repeat(300)));
        generator.clear();
        assertFalse(generator.isPlaying());
        assertThrows(IllegalArgumentException.class, () -> new DtmfLevels(-3, -10, 100, 80));
        assertThrows(IllegalArgumentException.class, () -> new DtmfLevels(-10, -10, 39, 80));
    }

    @Test void resetForgetsTheDigitThatSounds() {
        DtmfDetector detector = new DtmfDetector(RATE);
        double[] signal = tone(new double[1600], 5, -15, -15, 0, 0, 1600);
        short[] pcm = new short[1600];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) signal[i];
        }
        assertEquals("5", heard(detector, pcm));
        assertEquals('5', detector.sounding());
        detector.reset();
        assertEquals(0, detector.sounding());
        assertTrue(heard(detector, pcm).startsWith("5"));
    }
}
