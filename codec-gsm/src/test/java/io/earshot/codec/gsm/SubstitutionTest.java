package io.earshot.codec.gsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.FormatParameters;
import org.junit.jupiter.api.Test;

class SubstitutionTest {
    private static final int LOST = 20;
    private static final int GOOD = 8;

    private final AudioCodec codec = open();

    @Test
    void theFirstLostFrameSoundsLikeTheLastGoodOne() {
        double before = talk(codec);
        short[] pcm = new short[Frame.SAMPLES];
        assertEquals(Frame.SAMPLES, codec.conceal(pcm, 0, Frame.SAMPLES));
        double ratio = Signals.power(pcm, 0, Frame.SAMPLES) / before;
        assertTrue(ratio > 0.5 && ratio < 2, "power changed by " + ratio);
    }

    @Test
    void aLongLossFadesAndIsSilentAfter320Millis() {
        double loudest = talk(codec);
        short[] pcm = new short[Frame.SAMPLES * LOST];
        assertEquals(pcm.length, codec.conceal(pcm, 0, pcm.length));
        for (int i = 1; i < LOST; i++) {
            double power = Signals.power(pcm, i * Frame.SAMPLES, (i + 1) * Frame.SAMPLES);
            assertTrue(power < loudest, "frame " + i + " has power " + power + " after " + loudest);
        }
        assertTrue(Signals.power(pcm, 2 * Frame.SAMPLES, 3 * Frame.SAMPLES) > loudest / 1_000, "cut off too soon");
        assertTrue(Signals.power(pcm, 4 * Frame.SAMPLES, 5 * Frame.SAMPLES) < loudest / 10, "goes on too long");
        for (int i = 17 * Frame.SAMPLES; i < pcm.length; i++) {
            assertTrue(Math.abs(pcm[i]) <= 64, "sample " + i + " is " + pcm[i]);
        }
    }

    @Test
    void concealsAnyLengthWithoutASeam() {
        talk(codec);
        short[] whole = new short[Frame.SAMPLES * 6];
        codec.conceal(whole, 0, whole.length);
        AudioCodec other = open();
        talk(other);
        short[] parts = new short[whole.length];
        int at = 0;
        for (int count = 1; at < parts.length; count = count * 3 % 101) {
            int samples = Math.min(count, parts.length - at);
            assertEquals(samples, other.conceal(parts, at, samples));
            at += samples;
        }
        assertArrayEquals(whole, parts);
    }

    @Test
    void whatWasNotHandedOutIsDroppedWhenTheNextFrameArrives() {
        AudioCodec whole = open();
        talk(codec);
        talk(whole);
        short[] pcm = new short[Frame.SAMPLES];
        codec.conceal(pcm, 0, 80);
        whole.conceal(pcm, 0, Frame.SAMPLES);
        talk(codec);
        talk(whole);
        short[] expected = new short[Frame.SAMPLES];
        whole.conceal(expected, 0, Frame.SAMPLES);
        codec.conceal(pcm, 0, Frame.SAMPLES);
        assertArrayEquals(expected, pcm);
    }

    @Test
    void beforeTheFirstFrameThereIsSilence() {
        short[] pcm = new short[Frame.SAMPLES];
        assertEquals(Frame.SAMPLES, codec.conceal(pcm, 0, Frame.SAMPLES));
        assertTrue(Signals.power(pcm, 0, Frame.SAMPLES) < 1_000);
    }

    @Test
    void afterALossTheSoundComesBack() {
        double before = talk(codec);
        codec.conceal(new short[Frame.SAMPLES * LOST], 0, Frame.SAMPLES * LOST);
        double ratio = talk(codec) / before;
        assertTrue(ratio > 0.1 && ratio < 2, "power changed by " + ratio);
    }

    /** Decodes eight frames of a loud vowel, and returns the power of its last frame. */
    private static double talk(AudioCodec codec) {
        short[] vowel = Signals.babble(8_000 + GOOD * Frame.SAMPLES);
        byte[] frame = new byte[Frame.BYTES];
        short[] pcm = new short[Frame.SAMPLES];
        for (int i = 0; i < GOOD; i++) {
            codec.encode(vowel, 8_000 + i * Frame.SAMPLES, Frame.SAMPLES, frame, 0);
            codec.decode(frame, 0, Frame.BYTES, pcm, 0);
        }
        return Signals.power(pcm, 0, Frame.SAMPLES);
    }

    private static AudioCodec open() {
        return new GsmProvider().open(GsmProvider.GSM, FormatParameters.NONE, FormatParameters.NONE);
    }
}
