package io.earshot.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MixerTest {
    private static final int FRAME = 160;

    @Test
    void everyPartyHearsTheSumOfTheOthers() {
        Random random = new Random(42);
        Mixer mixer = new Mixer(FRAME);
        for (int round = 0; round < 200; round++) {
            int parties = random.nextInt(8);
            int samples = 1 + random.nextInt(FRAME);
            short[][] voices = new short[parties][];
            mixer.begin(samples);
            for (int p = 0; p < parties; p++) {
                voices[p] = Signals.noise(random, 2500, FRAME + p);
                mixer.add(voices[p], p);
            }
            assertEquals(parties, mixer.sources());
            assertArrayEquals(sum(voices, -1, samples), mixed(mixer, samples));
            for (int p = 0; p < parties; p++) {
                short[] out = new short[samples];
                mixer.mixWithout(voices[p], p, out, 0);
                assertArrayEquals(sum(voices, p, samples), out, "party " + p + " of " + parties);
            }
        }
    }

    @Test
    void oneSourceAlonePassesBitForBitHoweverLoud() {
        short[] loud = {Short.MIN_VALUE, -32767, -30_000, 0, 30_000, Short.MAX_VALUE};
        Mixer mixer = new Mixer(FRAME);
        mixer.begin(6);
        mixer.add(loud, 0);
        assertArrayEquals(loud, mixed(mixer, 6));
        short[] other = {1, -2, 3, -4, Short.MIN_VALUE, Short.MAX_VALUE};
        mixer.add(other, 0);
        short[] out = new short[6];
        mixer.mixWithout(other, 0, out, 0);
        assertArrayEquals(loud, out);
        mixer.mixWithout(loud, 0, loud, 0);
        assertArrayEquals(other, loud, "in place");
    }

    @Test
    void limitingIsIdentityBelowTheKneeMonotonicSmoothAndWithin16Bits() {
        int last = 0;
        for (int value = 0; value < 1_000_000; value++) {
            int limited = Mixer.limit(value);
            assertEquals(-limited, Mixer.limit(-value));
            assertTrue(limited >= last && limited - last <= 1, "step at " + value);
            assertTrue(value > 23_000 || limited == value, "changed below −3 dB: " + value);
            last = limited;
        }
        assertTrue(last > 32_000 && Mixer.limit(Integer.MAX_VALUE) <= Short.MAX_VALUE);
    }

    @Test
    void aThousandSourcesOfFullScaleDoNotWrap() {
        Mixer mixer = new Mixer(2);
        short[] loud = {Short.MAX_VALUE, Short.MIN_VALUE};
        mixer.begin(2);
        for (int i = 0; i < 1000; i++) {
            mixer.add(loud, 0);
        }
        short[] out = mixed(mixer, 2);
        assertTrue(out[0] > 32_700 && out[1] < -32_700, out[0] + " " + out[1]);
        mixer.mixWithout(loud, 0, out, 0);
        assertTrue(out[0] > 32_700 && out[1] < -32_700, out[0] + " " + out[1]);
    }

    @Test
    void twoLoudPartiesBendButDoNotWrapForTheThird() {
        short[] loud = {Short.MAX_VALUE, Short.MIN_VALUE, 20_000};
        short[] third = {-5, 5, 5};
        Mixer mixer = new Mixer(3);
        mixer.begin(3);
        mixer.add(loud, 0);
        mixer.add(loud, 0);
        mixer.add(third, 0);
        short[] out = new short[3];
        mixer.mixWithout(third, 0, out, 0);
        assertArrayEquals(new short[] {Mixer.limit(65_534), Mixer.limit(-65_536), Mixer.limit(40_000)}, out);
        assertTrue(out[0] > 30_000 && out[1] < -30_000 && out[2] > 25_000, out[0] + " " + out[1] + " " + out[2]);
    }

    @Test
    void aNewFrameStartsSilent() {
        Mixer mixer = new Mixer(FRAME);
        mixer.begin(FRAME);
        mixer.add(Signals.noise(new Random(1), 1000, FRAME), 0);
        mixer.begin(FRAME);
        assertArrayEquals(new short[FRAME], mixed(mixer, FRAME));
        assertThrows(IndexOutOfBoundsException.class, () -> mixer.begin(FRAME + 1));
    }

    @Test
    void mixingAllocatesNothing() {
        Mixer mixer = new Mixer(FRAME);
        short[] voice = Signals.noise(new Random(1), 30_000, FRAME);
        short[] out = new short[FRAME];
        assertEquals(0, Signals.allocatedBy(() -> {
            mixer.begin(FRAME);
            for (int i = 0; i < 5; i++) {
                mixer.add(voice, 0);
            }
            mixer.mixWithout(voice, 0, out, 0);
            mixer.mix(out, 0);
        }));
    }

    private static short[] mixed(Mixer mixer, int samples) {
        short[] out = new short[samples];
        mixer.mix(out, 0);
        return out;
    }

    private static short[] sum(short[][] voices, int without, int samples) {
        short[] out = new short[samples];
        for (int p = 0; p < voices.length; p++) {
            for (int i = 0; p != without && i < samples; i++) {
                out[i] += voices[p][p + i];
            }
        }
        return out;
    }
}
