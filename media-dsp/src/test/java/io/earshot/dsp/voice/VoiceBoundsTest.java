package io.earshot.dsp.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.testkit.audio.SyntheticNoise;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds on what detection, suppression and level control reach in noise: talkers and noises that nothing was tuned on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // making a talker takes longer than listening to it
class VoiceBoundsTest {
    private static final int FRAME = 80;
    private static final int FRAMES = 4000;
    /** A tenth of full scale: -20 dBFS. */
    private static final double RMS = 2317;

    private final Map<Integer, Talker> talkers = new HashMap<>();
    private short[] clean;
    private boolean[] speaking;

    private record Talker(short[] pcm, boolean[] speaking) {
    }

    private static short saturate(double value) {
        return (short) Math.max(-32768, Math.min(32767, Math.round(value)));
    }

    private static double db(double ratio) {
        return 10 * Math.log10(ratio);
    }

    private void talker(int seed) {
        Talker talker = talkers.computeIfAbsent(seed, VoiceBoundsTest::make);
        clean = talker.pcm;
        speaking = talker.speaking;
    }

    /** A talker at exactly -20 dBFS while speaking. */
    private static Talker make(int seed) {
        short[] pcm = new short[FRAMES * FRAME];
        boolean[] truth = new boolean[pcm.length];
        boolean[] frames = new boolean[FRAMES];
        new SyntheticSpeech(8000, seed).read(pcm, truth, 0, pcm.length);
        double power = 0;
        long samples = 0;
        for (int i = 0; i < pcm.length; i++) {
            frames[i / FRAME] = truth[i / FRAME * FRAME + FRAME / 2];
            power += truth[i] ? (double) pcm[i] * pcm[i] : 0;
            samples += truth[i] ? 1 : 0;
        }
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = saturate(pcm[i] * RMS / Math.sqrt(power / samples));
        }
        return new Talker(pcm, frames);
    }

    private static SyntheticNoise noise(SyntheticNoise.Kind kind, double ratio) {
        return new SyntheticNoise(kind, 8000, RMS * Math.pow(10, -ratio / 20), 61);
    }

    @ParameterizedTest(name = "{0} noise, {1} dB")
    @CsvSource({"WHITE,0,0.86,0.83", "WHITE,5,0.88,0.94", "WHITE,20,0.89,0.98", "PINK,0,0.86,0.84", "PINK,10,0.88,0.97", "CAR,0,0.88,0.97",
        "WHITE,60,0.89,0.98"})
    void speechIsFound(SyntheticNoise.Kind kind, double ratio, double precision, double recall) {
        talker(12);
        VoiceDetector detector = new VoiceDetector(8000);
        SyntheticNoise noise = noise(kind, ratio);
        short[] pcm = new short[FRAME];
        double told = 0;
        double spoken = 0;
        double both = 0;
        for (int i = 0; i < FRAMES; i++) {
            for (int k = 0; k < FRAME; k++) {
                pcm[k] = saturate(clean[i * FRAME + k] + noise.next());
            }
            boolean heard = detector.process(pcm, 0);
            told += heard ? 1 : 0;
            spoken += speaking[i] ? 1 : 0;
            both += heard && speaking[i] ? 1 : 0;
        }
        assertTrue(both / told > precision, "precision " + both / told);
        assertTrue(both / spoken > recall, "recall " + both / spoken);
    }

    @Test void noiseThatGrowsByFourteenDecibelsIsSpeechForFourSecondsAtMost() {
        SyntheticNoise noise = new SyntheticNoise(SyntheticNoise.Kind.PINK, 8000, 1000, 5);
        VoiceDetector detector = new VoiceDetector(8000);
        short[] pcm = new short[FRAME];
        int told = 0;
        for (int i = 0; i < 3000; i++) {
            for (int k = 0; k < FRAME; k++) {
                pcm[k] = saturate(noise.next() * (i < 1000 ? 0.2 : 1));
            }
            boolean heard = detector.process(pcm, 0);
            told += heard && i >= 1000 ? 1 : 0;
            assertTrue(!heard || i < 1400, "speech at " + i);
        }
        assertTrue(told > 0, "nobody can tell at once");
    }

    @ParameterizedTest(name = "{0} noise, {1} dB")
    @CsvSource({"WHITE,0,7", "WHITE,5,5.5", "WHITE,10,4", "PINK,0,7", "PINK,10,4", "CAR,5,8"})
    void noiseGoesInPausesAndSpeechGains(SyntheticNoise.Kind kind, double ratio, double gain) {
        talker(12);
        NoiseSuppressor suppressor = new NoiseSuppressor(8000, 15);
        SyntheticNoise noise = noise(kind, ratio);
        short[] pcm = new short[FRAME];
        double[] power = new double[4];
        double before = 0;
        int pause = 0;
        for (int i = 0; i < FRAMES; i++) {
            double in = 0;
            for (int k = 0; k < FRAME; k++) {
                double added = noise.next();
                in += added * added;
                pcm[k] = saturate(clean[i * FRAME + k] + added);
            }
            suppressor.process(pcm, 0); // gives the frame before
            boolean speech = i > 0 && speaking[i - 1];
            pause = speech ? 0 : pause + 1;
            for (int k = 0; k < FRAME && i > 200; k++) {
                double error = pcm[k] - clean[(i - 1) * FRAME + k];
                power[speech ? 1 : 3] += pause > 0 && pause < 7 ? 0 : error * error;
            }
            power[speech ? 0 : 2] += i > 200 && (pause == 0 || pause > 6) ? before : 0;
            before = in;
        }
        assertTrue(db(power[0] / power[1]) > gain, "SNR gain in speech " + db(power[0] / power[1]));
        assertTrue(db(power[2] / power[3]) > 12, "pauses quieter by " + db(power[2] / power[3]));
    }

    /** Gains of 40 s, the level changes after 20 s. */
    private double[] levelled(double from, double to) {
        GainControl control = new GainControl(8000, -20);
        VoiceDetector detector = new VoiceDetector(8000);
        short[] pcm = new short[FRAME];
        double[] gains = new double[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            double factor = Math.pow(10, ((i < FRAMES / 2 ? from : to) + 20) / 20);
            for (int k = 0; k < FRAME; k++) {
                pcm[k] = saturate(clean[i * FRAME + k] * factor);
            }
            control.process(pcm, 0, detector.process(pcm, 0));
            for (short sample : pcm) {
                assertTrue(Math.abs(sample) <= 29_204, "above -1 dBFS");
            }
            gains[i] = control.gainDb();
        }
        return gains;
    }

    @ParameterizedTest(name = "from {0} to {1} dBFS")
    @CsvSource({"-40,-20,3.5", "-40,-10,3.5", "-30,-10,3.5", "-20,-40,6", "-10,-40,11", "-10,-30,6"})
    void afterAStepTheLevelIsSoonWhatItWouldAlwaysHaveBeen(double from, double to, double seconds) {
        talker(11);
        double[] stepped = levelled(from, to);
        double[] reference = levelled(to, to);
        int since = FRAMES / 2;
        while (!speaking[since]) {
            since++;
        }
        int at = since;
        while (Math.abs(stepped[at] - reference[at]) > 3) {
            at++;
        }
        assertTrue(at > since, "a step must be one");
        assertTrue((at - since) / 100.0 < seconds, "within 3 dB after " + (at - since) / 100.0 + " s");
        for (; at < FRAMES; at++) {
            double beyond = (stepped[at] - reference[at]) * Math.signum(from - to);
            assertTrue(beyond < 6, "beyond by " + beyond + " dB");
        }
        assertEquals(reference[FRAMES - 1], stepped[FRAMES - 1], 3);
    }
}
