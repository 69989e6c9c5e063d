package io.earshot.testkit.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.testkit.audio.SyntheticNoise.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticNoiseTest {
    private static final int SECONDS = 10;

    /** The power of the difference of neighbours over the power: 2 for white noise, less the lower its frequencies. */
    @ParameterizedTest
    @CsvSource({"WHITE,1.9,2.1", "PINK,0.2,0.9", "CAR,0.0005,0.1", "BABBLE,0.05,0.9"})
    void everyKindHasItsLevelAndItsColour(Kind kind, double least, double most) {
        SyntheticNoise noise = new SyntheticNoise(kind, 8000, 1000, 3);
        double power = 0;
        double differences = 0;
        double before = 0;
        for (int i = 0; i < SECONDS * 8000; i++) {
            double sample = noise.next();
            power += sample * sample;
            differences += (sample - before) * (sample - before);
            before = sample;
        }
        assertEquals(1000, Math.sqrt(power / SECONDS / 8000), kind == Kind.BABBLE ? 250 : 100);
        assertTrue(differences / power > least && differences / power < most, kind + " " + differences / power);
    }

    @Test
    void aSeedMakesTheSameNoiseAgain() {
        SyntheticNoise one = new SyntheticNoise(Kind.PINK, 16_000, 500, 9);
        SyntheticNoise same = new SyntheticNoise(Kind.PINK, 16_000, 500, 9);
        SyntheticNoise other = new SyntheticNoise(Kind.PINK, 16_000, 500, 10);
        boolean differs = false;
        for (int i = 0; i < 1000; i++) {
            double sample = one.next();
            assertEquals(sample, same.next());
            differs |= sample != other.next();
        }
        assertTrue(differs);
    }
}
