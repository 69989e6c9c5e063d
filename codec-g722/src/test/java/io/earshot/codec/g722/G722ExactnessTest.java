package io.earshot.codec.g722;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps the arithmetic where {@code conformance/run g722} proved it: the checksums are of what the ITU-T's own program agrees with.
 */
class G722ExactnessTest {
    private static final int SAMPLES = 160_000;

    @Test
    void theEncoderStaysBitExactOverSomethingLikeSpeechWithOverloads() {
        assertEquals("74460bef", crc(encoded()));
    }

    @ParameterizedTest
    @CsvSource({"MODE_1,adb46191", "MODE_2,290d057d", "MODE_3,6732c4ba"})
    void theDecoderStaysBitExactInEveryMode(Mode mode, String expected) {
        assertEquals(expected, crc(bytes(decoded(encoded(), mode))));
    }

    @ParameterizedTest
    @CsvSource({"MODE_1,c0569e0c", "MODE_2,34c0f46d", "MODE_3,2e85e7a5"})
    void theDecoderStaysBitExactOverOctetsThatNoEncoderWouldSend(Mode mode, String expected) {
        byte[] noise = new byte[SAMPLES / 2];
        new SplittableRandom(722).nextBytes(noise);
        assertEquals(expected, crc(bytes(decoded(noise, mode))));
    }

    @Test
    void howSoundIsCutIntoPacketsDoesNotMatter() {
        short[] pcm = Signals.babble(SAMPLES);
        byte[] out = new byte[SAMPLES / 2];
        short[] back = new short[SAMPLES];
        G722Encoder encoder = new G722Encoder();
        G722Decoder decoder = new G722Decoder(Mode.MODE_1);
        int at = 0;
        for (int octets = 1; at < out.length; octets = octets * 3 % 509) {
            int count = Math.min(octets, out.length - at);
            encoder.encode(pcm, 2 * at, 2 * count, out, at);
            decoder.decode(out, at, count, back, 2 * at);
            at += count;
        }
        assertArrayEquals(encoded(), out);
        assertArrayEquals(decoded(out, Mode.MODE_1), back);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void bitsThatAreNotAudioInAModeAreNotHeard(Mode mode) {
        byte[] octets = encoded();
        byte[] other = octets.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] ^= (byte) ((1 << mode.unusedBits()) - 1);
        }
        assertArrayEquals(decoded(octets, mode), decoded(other, mode));
        for (int i = 0; i < other.length; i++) {
            other[i] ^= (byte) (1 << mode.unusedBits());
        }
        assertFalse(Arrays.equals(decoded(octets, mode), decoded(other, mode)));
    }

    @Test
    void theLowerRatesAreNoisierButFollow() {
        byte[] octets = new byte[8_000];
        new G722Encoder().encode(Signals.vowel(16_000), 0, 16_000, octets, 0);
        short[] best = decoded(octets, Mode.MODE_1);
        double last = 0;
        for (Mode mode : new Mode[] {Mode.MODE_2, Mode.MODE_3}) {
            short[] worse = decoded(octets, mode);
            short[] difference = new short[best.length];
            for (int i = 0; i < best.length; i++) {
                difference[i] = (short) (best[i] - worse[i]);
            }
            double noise = Signals.power(difference, 1_600, best.length) / Signals.power(best, 1_600, best.length);
            assertTrue(noise > last && noise < 0.02, mode + " has noise " + noise);
            last = noise;
        }
    }

    @Test
    void aResetDecoderIsAsNew() {
        byte[] octets = encoded();
        G722Decoder decoder = new G722Decoder(Mode.MODE_1);
        short[] pcm = new short[SAMPLES];
        decoder.decode(octets, 40_000, 30_000, pcm, 0);
        decoder.reset();
        decoder.decode(octets, 0, octets.length, pcm, 0);
        assertArrayEquals(decoded(octets, Mode.MODE_1), pcm);
    }

    private static byte[] encoded() {
        byte[] out = new byte[SAMPLES / 2];
        new G722Encoder().encode(Signals.babble(SAMPLES), 0, SAMPLES, out, 0);
        return out;
    }

    private static short[] decoded(byte[] octets, Mode mode) {
        short[] pcm = new short[2 * octets.length];
        new G722Decoder(mode).decode(octets, 0, octets.length, pcm, 0);
        return pcm;
    }

    private static byte[] bytes(short[] pcm) {
        byte[] out = new byte[2 * pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            out[2 * i] = (byte) pcm[i];
            out[2 * i + 1] = (byte) (pcm[i] >> 8);
        }
        return out;
    }

    private static String crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }
}
