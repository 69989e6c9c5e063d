package io.earshot.dsp.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.VoiceReport;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.api.audio.spi.VoiceProcessorProvider;
import io.earshot.dsp.LevelMeter;
import io.earshot.testkit.audio.SimulatedRoom;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceTest {
    private static short saturate(double value) {
        return (short) Math.max(-32768, Math.min(32767, Math.round(value)));
    }

    private static double db(double ratio) {
        return 10 * Math.log10(ratio);
    }

    @Test void directCurrentGoesAndSpeechStays() {
        DcRemover remover = new DcRemover(8000);
        short[] pcm = new short[16_000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = saturate(5000 + 8000 * Math.sin(2 * Math.PI * 300 * i / 8000));
        }
        remover.process(pcm, 0, pcm.length);
        double mean = 0;
        for (int i = 8000; i < 16_000; i++) {
            mean += pcm[i] / 8000.0;
        }
        assertEquals(0, mean, 2);
        assertEquals(20 * Math.log10(8000 / 32767.0), LevelMeter.rmsDbfs(pcm, 8000, 8000), 0.1);
    }

    @Test void theExponentialIntegralIsRight() {
        assertEquals(1.8229, NoiseSuppressor.exponentialIntegral(0.1), 1e-4);
        assertEquals(0.2194, NoiseSuppressor.exponentialIntegral(1), 1e-4);
        assertEquals(0.0011483, NoiseSuppressor.exponentialIntegral(5), 1e-6);
    }

    /** Echo after five seconds, speech over harm in double talk, echo after double talk; all in dB. */
    private static double[] echo(int rate, double reverberation, int delay, boolean suppression) {
        int n = rate / 100;
        EchoCanceller canceller = new EchoCanceller(rate, suppression);
        SimulatedRoom room = SimulatedRoom.of(rate, reverberation, delay, 0.4, 3);
        SyntheticSpeech far = new SyntheticSpeech(rate, 1);
        SyntheticSpeech talker = new SyntheticSpeech(rate, 2);
        Random random = new Random(4);
        short[] played = new short[n];
        short[] microphone = new short[n];
        short[] near = new short[n];
        short[] before = new short[n];
        double[] in = new double[3];
        double[] out = new double[3];
        for (int i = 0; i < 2000; i++) {
            far.read(played, 0, n);
            talker.read(near, 0, n);
            boolean both = i >= 1000 && i < 1500;
            double heard = 0;
            for (int k = 0; k < n; k++) {
                near[k] = both ? near[k] : 0;
                microphone[k] = saturate(room.hear(played[k]) + 3 * random.nextGaussian() + near[k]);
                heard += (double) microphone[k] * microphone[k];
            }
            canceller.playback(played, 0);
            canceller.capture(microphone, 0);
            int part = i < 500 ? -1 : i < 1000 ? 0 : both ? 1 : 2;
            for (int k = 0; k < n && part >= 0; k++) {
                double wanted = part == 1 ? suppression ? before[k] : near[k] : 0;
                in[part] += part == 1 ? wanted * wanted : heard / n;
                out[part] += (microphone[k] - wanted) * (microphone[k] - wanted);
            }
            System.arraycopy(near, 0, before, 0, n);
        }
        return new double[] {db(in[0] / out[0]), db(in[1] / out[1]), db(in[2] / out[2])};
    }

    @ParameterizedTest(name = "{0} Hz, reverberation {1} s, delay {2} ms")
    @CsvSource({"8000,0.15,10", "8000,0.2,180"})
    void echoGoesByTwentyDecibelsAndTheTalkerStaysInDoubleTalk(int rate, double reverberation, int delay) {
        double[] figures = echo(rate, reverberation, delay, true);
        assertTrue(figures[0] > 20, "ERLE " + figures[0]);
        assertTrue(figures[1] > 8, "near-end speech over its error " + figures[1]);
        assertTrue(figures[2] > 20, "ERLE after double talk " + figures[2]);
    }

    @Test void theFilterAloneHasNoLatencyAndTakesFifteenDecibels() {
        double[] figures = echo(8000, 0.2, 20, false);
        assertEquals(0, new EchoCanceller(8000, false).latencySamples());
        assertTrue(figures[0] > 15, "ERLE " + figures[0]);
        assertTrue(figures[1] > 10, "near-end speech over its error " + figures[1]);
    }

    @Test void withoutAnyPlaybackTheMicrophoneComesThroughUnchanged() {
        EchoCanceller canceller = new EchoCanceller(8000, true);
        SyntheticSpeech speech = new SyntheticSpeech(8000, 5);
        short[] silence = new short[80];
        short[] pcm = new short[80];
        short[] before = new short[80];
        for (int i = 0; i < 500; i++) {
            speech.read(pcm, 0, 80);
            short[] now = pcm.clone();
            canceller.playback(silence, 0);
            canceller.capture(pcm, 0);
            for (int k = 0; k < 80; k++) {
                assertEquals(before[k], pcm[k], 1.5);
            }
            before = now;
        }
    }

    @Test void whatIsLeftOfTheNoiseHasNoMusicalTones() {
        NoiseSuppressor suppressor = new NoiseSuppressor(8000, 15);
        Random random = new Random(1);
        double[] input = new double[2];
        double[] output = new double[2];
        Spectrum in = new Spectrum(8000);
        Spectrum out = new Spectrum(8000);
        double[] power = new double[in.bins];
        short[] pcm = new short[80];
        for (int i = 0; i < 3000; i++) {
            for (int k = 0; k < 80; k++) {
                pcm[k] = saturate(1000 * random.nextGaussian());
            }
            in.analyse(pcm, 0);
            suppressor.process(pcm, 0);
            out.analyse(pcm, 0);
            for (int k = 10; k < in.bins - 10 && i > 300; k++) {
                in.power(power);
                input[0] += power[k];
                input[1] += power[k] * power[k];
                out.power(power);
                output[0] += power[k];
                output[1] += power[k] * power[k];
            }
        }
        double before = input[1] / (input[0] * input[0]);
        double after = output[1] / (output[0] * output[0]);
        assertTrue(after / before < 3, "kurtosis of the power grew by " + after / before);
    }

    @Test void steadyNoiseIsNotSpeechAndTheReportSaysHowLoudItIs() {
        VoiceDetector detector = new VoiceDetector(16_000);
        Random random = new Random(2);
        short[] pcm = new short[160];
        int told = 0;
        for (int i = 0; i < 3000; i++) {
            for (int k = 0; k < 160; k++) {
                pcm[k] = saturate(1000 * random.nextGaussian());
            }
            told += detector.process(pcm, 0) ? 1 : 0;
        }
        assertTrue(told < 150, told + " of 3000 frames");
        VoiceReport report = detector.report();
        assertEquals(30_000, report.heardMillis());
        assertEquals(20 * Math.log10(1000 / 32767.0 * Math.sqrt(2)), report.averageDbfs(), 0.2);
        assertEquals(0, detector.report().heardMillis());
    }

    @Test void theLimiterHoldsItsCeilingWithoutClipping() {
        Limiter limiter = new Limiter(8000, -1);
        short[] pcm = new short[8000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = saturate((i < 4000 ? 1000 : 32_000) * Math.sin(2 * Math.PI * 500 * i / 8000));
        }
        for (int i = 0; i < pcm.length; i += 80) {
            limiter.process(pcm, i, 80, 4, 4);
        }
        int atCeiling = 0;
        for (int i = 4100; i < pcm.length; i++) {
            assertTrue(Math.abs(pcm[i]) <= 29_204);
            atCeiling += Math.abs(pcm[i]) > 29_150 ? 1 : 0;
        }
        assertTrue(atCeiling < 3900 / 3, atCeiling + " samples are flat");
    }

    private static double fedBack(boolean guarded, double gain) {
        HowlingGuard guard = new HowlingGuard(16_000);
        SimulatedRoom room = SimulatedRoom.of(16_000, 0.15, 5, gain, 9);
        SyntheticSpeech speech = new SyntheticSpeech(16_000, 30);
        short[] pcm = new short[160];
        short[] speaker = new short[160];
        LevelMeter meter = new LevelMeter();
        for (int i = 0; i < 1500; i++) {
            speech.read(pcm, 0, 160);
            for (int k = 0; k < 160; k++) {
                pcm[k] = saturate(0.2 * pcm[k] + room.hear(speaker[k]));
            }
            if (guarded) {
                guard.process(pcm, 0);
            }
            System.arraycopy(pcm, 0, speaker, 0, 160);
            if (i > 500) {
                meter.add(pcm, 0, 160);
            }
        }
        return meter.rmsDbfs();
    }

    @Test void feedbackIsLoweredAndSpeechIsHardlyNotched() {
        assertTrue(fedBack(false, 0.5) > -6, "the room must howl without a guard");
        double level = fedBack(true, 0.5);
        assertTrue(level < -12, "with the guard " + level + " dBFS");
        assertTrue(fedBack(true, 0.7) < -15, "twice beyond the limit of the loop");
        HowlingGuard guard = new HowlingGuard(8000);
        SyntheticSpeech speech = new SyntheticSpeech(8000, 1);
        short[] pcm = new short[80];
        int notched = 0;
        for (int i = 0; i < 12_000; i++) {
            speech.read(pcm, 0, 80);
            guard.process(pcm, 0);
            notched += guard.activeNotches();
        }
        assertTrue(notched <= 3000, notched + " frames of notches in two minutes of speech"); // at most two of 15 s
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 24_000, 32_000, 48_000})
    void theWholeChainWorksAtEveryRate(int rate) {
        VoiceProcessorProvider provider = new SoftwareVoiceProcessorProvider();
        assertEquals("software", provider.name());
        assertTrue(provider.isAvailable());
        try (VoiceProcessor processor = provider.open(rate, VoiceProcessing.ALL)) {
            int n = processor.frameSamples();
            assertEquals(rate / 100, n);
            assertEquals(21 * rate / 1000, processor.latencySamples());
            SyntheticSpeech far = new SyntheticSpeech(rate, 1);
            SyntheticSpeech near = new SyntheticSpeech(rate, 2);
            short[] played = new short[n];
            short[] heard = new short[n];
            for (int i = 0; i < 200; i++) {
                far.read(played, 0, n);
                near.read(heard, 0, n);
                processor.playback(played, 0);
                processor.capture(heard, 0);
            }
            VoiceReport report = processor.report();
            assertEquals(2000, report.heardMillis());
            assertTrue(report.spokenMillis() > 500, report.toString());
        }
    }

    @Test void badSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SoftwareVoiceProcessor(11_025, VoiceProcessing.ALL));
        assertThrows(IllegalArgumentException.class, () -> VoiceProcessing.ALL.withNoiseSuppression(31));
        assertFalse(VoiceProcessing.ALL.withEchoCancellation(false).echoSuppression());
    }
}
