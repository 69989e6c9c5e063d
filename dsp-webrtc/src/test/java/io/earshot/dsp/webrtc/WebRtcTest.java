package io.earshot.dsp.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onvoid.webrtc.media.audio.AudioProcessingConfig.NoiseSuppression.Level;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.VoiceReport;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.testkit.audio.SimulatedRoom;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebRtcTest {
    private static double energy(short[] pcm) {
        double sum = 0;
        for (short sample : pcm) {
            sum += (double) sample * sample;
        }
        return sum;
    }

    private static double db(double ratio) {
        return 10 * Math.log10(ratio);
    }

    @Test
    void aLibraryThatIsMissingIsExplained() {
        String loader = NativeLibrary.reason(new ExceptionInInitializerError(new IllegalStateException("no", new NullPointerException())));
        assertTrue(loader.contains("classifier of this platform"), loader);
        assertEquals("libpulse.so.0: cannot open", NativeLibrary.reason(new UnsatisfiedLinkError("libpulse.so.0: cannot open")));
        assertEquals("webrtc", new WebRtcProvider().name());
        assertTrue(new WebRtcProvider().priority() > 0, "ahead of the one in Java");
    }

    /** With the library. */
    @Nested
    class Loaded {
        @BeforeEach
        void theLibraryIsThere() {
            assumeTrue(new WebRtcProvider().isAvailable(), "the library of WebRTC cannot be loaded on this machine");
        }

        @Test
        void settingsBecomeThoseOfTheEngine() {
            assertSame(Level.LOW, WebRtcVoiceProcessor.config(VoiceProcessing.ALL.withNoiseSuppression(6)).noiseSuppression.level);
            assertSame(Level.HIGH, WebRtcVoiceProcessor.config(VoiceProcessing.ALL).noiseSuppression.level);
            assertSame(Level.VERY_HIGH, WebRtcVoiceProcessor.config(VoiceProcessing.ALL.withNoiseSuppression(30)).noiseSuppression.level);
            assertFalse(WebRtcVoiceProcessor.config(VoiceProcessing.NONE).echoCanceller.enabled);
            assertFalse(WebRtcVoiceProcessor.config(VoiceProcessing.NONE).noiseSuppression.enabled);
            assertFalse(WebRtcVoiceProcessor.config(VoiceProcessing.NONE).gainControl.enabled);
            assertThrows(IllegalArgumentException.class, () -> new WebRtcProvider().open(11_025, VoiceProcessing.ALL));
            assertThrows(IllegalArgumentException.class, () -> new WebRtcProvider().open(40_000, VoiceProcessing.ALL));
        }

        @ParameterizedTest
        @ValueSource(ints = {8000, 16_000, 48_000})
        void theEchoGoesAndSpeechIsHeard(int rate) {
            try (VoiceProcessor engine = new WebRtcProvider().open(rate, VoiceProcessing.NONE.withEchoCancellation(true))) {
                int n = engine.frameSamples();
                assertEquals(rate / 100, n);
                SimulatedRoom room = SimulatedRoom.of(rate, 0.02, 40, 0.4, 3);
                SyntheticSpeech far = new SyntheticSpeech(rate, 1);
                short[] played = new short[n];
                short[] echo = new short[n];
                double before = 0;
                double after = 0;
                for (int frame = 0; frame < 300; frame++) {
                    far.read(played, 0, n);
                    for (int i = 0; i < n; i++) {
                        echo[i] = (short) Math.round(room.hear(played[i]));
                    }
                    before += frame < 150 ? 0 : energy(echo);
                    engine.playback(played, 0);
                    engine.capture(echo, 0);
                    after += frame < 150 ? 0 : energy(echo);
                }
                assertTrue(db(before / (after + 1)) > 30, "the echo is only " + db(before / (after + 1)) + " dB less");
                engine.report();
                SyntheticSpeech near = new SyntheticSpeech(rate, 2);
                short[] quiet = new short[n];
                double said = 0;
                double kept = 0;
                for (int frame = 0; frame < 200; frame++) {
                    near.read(echo, 0, n);
                    said += energy(echo);
                    engine.playback(quiet, 0);
                    engine.capture(echo, 0);
                    kept += energy(echo);
                }
                assertEquals(0, db(kept / said), 3, "speech in dB against what was said");
                VoiceReport report = engine.report();
                assertEquals(2000, report.heardMillis());
                assertTrue(report.spokenMillis() > 1000 && report.peakDbfs() > report.averageDbfs(), report.toString());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {8000, 16_000, 24_000, 32_000, 48_000})
        void theDelayIsWhatItSays(int rate) {
            for (VoiceProcessing settings : List.of(VoiceProcessing.NONE, VoiceProcessing.NONE.withEchoCancellation(true),
                    VoiceProcessing.NONE.withEchoCancellation(true).withNoiseSuppression(6))) {
                try (VoiceProcessor engine = new WebRtcProvider().open(rate, settings)) {
                    int n = engine.frameSamples();
                    Random random = new Random(7);
                    short[] in = new short[50 * n];
                    double low = 0;
                    for (int i = 0; i < in.length; i++) {
                        low += 0.3 * (8000 * random.nextGaussian() - low);
                        in[i] = (short) low;
                    }
                    short[] out = in.clone();
                    for (int at = 0; at < out.length; at += n) {
                        engine.playback(new short[n], 0);
                        engine.capture(out, at);
                    }
                    assertEquals(engine.latencySamples(), lag(in, out, 3 * n), 3 * rate / 1000.0, settings.toString());
                }
            }
        }

        private int lag(short[] in, short[] out, int most) {
            double best = 0;
            int lag = -1;
            for (int shift = 0; shift < most; shift++) {
                double sum = 0;
                for (int i = in.length / 2; i + shift < in.length; i++) {
                    sum += (double) in[i] * out[i + shift];
                }
                if (sum > best) {
                    best = sum;
                    lag = shift;
                }
            }
            return lag;
        }

        @ParameterizedTest
        @ValueSource(ints = {6, 18})
        void noiseGoesDown(int decibels) {
            try (VoiceProcessor engine = new WebRtcProvider().open(16_000, VoiceProcessing.NONE.withNoiseSuppression(decibels))) {
                Random random = new Random(5);
                short[] frame = new short[160];
                for (int i = 0; i < 300; i++) {
                    for (int k = 0; k < 160; k++) {
                        frame[k] = (short) (300 * random.nextGaussian());
                    }
                    engine.capture(frame, 0);
                    if (i == 199) {
                        engine.report();
                    }
                }
                VoiceReport report = engine.report();
                assertEquals(20 * Math.log10(300.0 / 32_768) - decibels, report.averageDbfs(), 2);
                assertEquals(0, report.spokenMillis(), "noise is no speech");
            }
        }

        @Test
        void faintSpeechIsBroughtToTheLevel() {
            double[] level = new double[2];
            for (int run = 0; run < 2; run++) {
                VoiceProcessing settings = new VoiceProcessing(false, false, 0, true, run == 0 ? -30 : -20, false);
                try (VoiceProcessor engine = new WebRtcProvider().open(16_000, settings)) {
                    SyntheticSpeech speech = new SyntheticSpeech(16_000, 1);
                    short[] frame = new short[160];
                    for (int i = 0; i < 1200; i++) {
                        speech.read(frame, 0, 160);
                        for (int k = 0; k < 160; k++) {
                            frame[k] /= 10;
                        }
                        engine.capture(frame, 0);
                        if (i == 899) {
                            engine.report();
                        }
                    }
                    level[run] = engine.report().averageDbfs();
                }
            }
            assertEquals(-30, level[0], 8, "with the pauses");
            assertEquals(10, level[1] - level[0], 2, "ten dB of the target are ten dB of sound");
        }

        @Test
        void closingTwiceIsHarmless() {
            VoiceProcessor engine = new WebRtcProvider().open(16_000, VoiceProcessing.ALL);
            engine.close();
            engine.close();
        }
    }
}
