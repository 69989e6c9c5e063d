package io.earshot.dsp.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.dsp.Cadence;
import io.earshot.dsp.ToneGenerator;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CallProgressTest {
    /** Cadences do not begin where the detector's blocks do. */
    private static final int LATE = 61;

    /** Twice round and some seconds. */
    private static long frames(Cadence cadence) {
        return cadence.segments().stream().mapToLong(each -> Math.min(each.millis(), 15_000)).sum() / 10 + 200;
    }

    private static Set<ProgressTone> heard(String country, ProgressTone played) {
        TonePlan plan = TonePlan.of(country);
        ToneGenerator generator = new ToneGenerator(8000, plan.cadence(played));
        CallProgressDetector detector = new CallProgressDetector(8000, plan);
        Random random = new Random(1);
        Set<ProgressTone> heard = EnumSet.noneOf(ProgressTone.class);
        short[] frame = new short[160];
        detector.add(frame, 0, LATE);
        for (int i = 0; i < frames(plan.cadence(played)); i++) {
            generator.generate(frame, 0, 160);
            for (int k = 0; k < 160; k++) {
                frame[k] += (short) (30 * random.nextGaussian());
            }
            detector.add(frame, 0, 160);
            detector.poll().ifPresent(heard::add);
        }
        return heard;
    }

    @Test void theTonesOfEveryCountryAreHeardAsThemselves() {
        assertTrue(TonePlan.countries().size() >= 30);
        Set<String> missed = new TreeSet<>();
        for (String country : TonePlan.countries()) {
            for (ProgressTone tone : ProgressTone.values()) {
                if (!heard(country, tone).equals(Set.of(tone))) {
                    missed.add(country + " " + tone);
                }
            }
        }
        assertEquals(Set.of(), missed);
    }

    @Test void speechIsNoTone() {
        SyntheticSpeech speech = new SyntheticSpeech(8000, 3);
        CallProgressDetector american = new CallProgressDetector(8000, TonePlan.of("us"));
        CallProgressDetector german = new CallProgressDetector(8000, TonePlan.of("de"));
        short[] frame = new short[160];
        for (int i = 0; i < 50 * 120; i++) {
            speech.read(frame, 0, 160);
            american.add(frame, 0, 160);
            german.add(frame, 0, 160);
            assertTrue(american.poll().isEmpty() && german.poll().isEmpty());
        }
    }

    @Test void aCountryWithoutATableIsNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TonePlan.of("XX")).getMessage().contains("'XX'"));
        assertTrue(TonePlan.find("XX").isEmpty());
    }
}
