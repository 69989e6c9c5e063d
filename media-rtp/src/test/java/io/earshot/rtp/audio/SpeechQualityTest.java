package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.Packets;
import io.earshot.testkit.audio.SpeechScore;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Speech through losses, scored against the original. */
class SpeechQualityTest {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final int SECONDS = 30;
    private static final int FROM = 6 * 8000;
    private static final int TO = (SECONDS - 1) * 8000;
    private final short[] said = new short[SECONDS * 8000];
    private final short[] heard = new short[SECONDS * 8000];
    private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
        List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));

    private void play(double loss, int burst, long seed) {
        new SyntheticSpeech(8000, seed).read(said, 0, said.length);
        MuLawCodec codec = new MuLawCodec();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] payload = new byte[160];
        int gone = 0;
        for (int i = 0; i < said.length / 160; i++) {
            long now = i * 20L * Ticker.MILLISECOND;
            codec.encode(said, 160 * i, 160, payload, 0);
            gone = gone > 0 ? gone - 1 : random.nextDouble() < loss / burst ? burst : 0;
            if (gone == 0) {
                receiver.onPacket(Packets.wrap(Packets.rtp(0, i, 160 * i, 1, payload)), now);
            }
            receiver.read(now, heard, 160 * i);
        }
    }

    /** What was heard of a stretch of what was said, at the lag where the two are most alike. */
    private short[] aligned() {
        int best = 0;
        double likeness = -1;
        for (int lag = 0; lag < 2000; lag++) {
            double product = 0;
            for (int i = FROM; i < FROM + 16_000; i++) {
                product += (double) said[i] * heard[i + lag];
            }
            if (product > likeness) {
                likeness = product;
                best = lag;
            }
        }
        assertEquals(0, best % 160, "a whole number of packets");
        return Arrays.copyOfRange(heard, FROM + best, TO + best);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0.99, 34", "5, 1, 0.965, 30", "10, 1, 0.945, 27", "20, 1, 0.90, 22", "5, 3, 0.94, 30"})
    void lossesCostLittle(int percent, int burst, double intelligibility, double snr) {
        play(percent / 100.0, burst, 3);
        short[] original = Arrays.copyOfRange(said, FROM, TO);
        short[] copy = aligned();
        double score = SpeechScore.intelligibility(original, copy);
        double ratio = SpeechScore.segmentalSnr(original, copy);
        told("scenario 11, loss %d %% in bursts of %d: intelligibility %.3f (%.3f wanted), segmental SNR %.1f dB", percent,
            burst, score, intelligibility, ratio);
        assertTrue(score >= intelligibility, "intelligibility " + score + ", SNR " + ratio);
        assertTrue(ratio >= snr, "SNR " + ratio + ", intelligibility " + score);
    }

    @Test void theEdgesOfWhatIsMadeUpAreSmooth() {
        play(0.1, 1, 4);
        // A click is a step far beyond those of the speech around it.
        int clicks = 0;
        for (int i = FROM; i < TO; i++) {
            int step = Math.abs(heard[i] - heard[i - 1]);
            int around = 1;
            for (int k = i - 240; k < i + 240; k++) {
                around = Math.max(around, k == i ? 0 : Math.abs(heard[k] - heard[k - 1]));
            }
            clicks += step > 2 * around && step > 600 ? 1 : 0;
        }
        assertEquals(0, clicks);
    }

    @Test void theScoreKnowsGoodFromBad() {
        SyntheticSpeech speech = new SyntheticSpeech(8000, 9);
        short[] original = new short[8 * 8000];
        speech.read(original, 0, original.length);
        short[] noisy = original.clone();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (short) Math.max(-32_768, Math.min(32_767, noisy[i] + random.nextInt(-6000, 6000)));
        }
        short[] cut = original.clone();
        for (int i = 0; i < cut.length; i += 1600) {
            Arrays.fill(cut, i, i + 800, (short) 0);
        }
        assertEquals(1, SpeechScore.intelligibility(original, original), 1e-6);
        assertEquals(35, SpeechScore.segmentalSnr(original, original), 1e-6);
        assertTrue(SpeechScore.intelligibility(original, noisy) < 0.85);
        assertTrue(SpeechScore.intelligibility(original, cut) < 0.8);
        assertTrue(SpeechScore.segmentalSnr(original, noisy) < 10);
    }
}
