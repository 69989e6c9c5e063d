package io.earshot.codec.g722;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConcealerTest {
    private static final int PACKET = 320;
    private static final int PACKETS = 20;

    private final short[] vowel = Signals.vowel(PACKET * PACKETS);
    private final AudioCodec codec = open();
    private final short[] perfect = new short[vowel.length];
    private final byte[] octets = new byte[vowel.length / 2];

    ConcealerTest() {
        AudioCodec coder = open();
        for (int at = 0; at < vowel.length; at += PACKET) {
            coder.encode(vowel, at, PACKET, octets, at / 2);
            coder.decode(octets, at / 2, PACKET / 2, perfect, at);
        }
    }

    @Test
    void aLostPacketOfASteadyVowelIsHardlyMissed() {
        short[] heard = hear(10, 11);
        double noise = noise(heard, 10, 11);
        assertTrue(noise < 0.1, "noise to signal " + noise);
    }

    @Test
    void theDecoderFollowsSoThatTheNextPacketsAreRight() {
        short[] heard = hear(10, 11);
        assertTrue(noise(heard, 11, 12) < 0.1, "noise to signal " + noise(heard, 11, 12));
        assertTrue(noise(heard, 13, PACKETS) < 0.003, "noise to signal " + noise(heard, 13, PACKETS));
        decode(codec, 0, 10);
        AudioCodec deaf = open();
        decode(deaf, 0, 10);
        short[] without = new short[vowel.length];
        for (int i = 11; i < PACKETS; i++) {
            deaf.decode(octets, i * PACKET / 2, PACKET / 2, without, i * PACKET);
        }
        assertTrue(noise(heard, 11, 14) < noise(without, 11, 14) / 2, "following is of no use");
    }

    @Test
    void aLongLossFadesToSilenceWithin60Millis() {
        short[] heard = hear(8, 14);
        double last = Signals.power(perfect, 7 * PACKET, 8 * PACKET) * 1.5; // packets hold two or three periods
        for (int i = 8; i < 11; i++) {
            double power = Signals.power(heard, i * PACKET, (i + 1) * PACKET);
            assertTrue(power < last, "packet " + i + " has power " + power + " after " + last);
            last = power;
        }
        assertArrayEquals(new short[3 * PACKET], Arrays.copyOfRange(heard, 11 * PACKET, 14 * PACKET));
        assertTrue(Signals.power(heard, 17 * PACKET, 18 * PACKET) > Signals.power(perfect, 17 * PACKET, 18 * PACKET) / 2);
    }

    @Test
    void thereIsNoClickAtEitherEndOfALoss() {
        short[] heard = hear(10, 12);
        int steepest = steepest(perfect, 0, perfect.length);
        assertTrue(steepest(heard, 10 * PACKET - 8, 10 * PACKET + 8) <= steepest);
        assertTrue(steepest(heard, 12 * PACKET - 8, 12 * PACKET + 8) <= steepest);
    }

    @Test
    void howALossIsCutIntoPiecesDoesNotMatter() {
        AudioCodec other = open();
        decode(codec, 0, 10);
        decode(other, 0, 10);
        short[] whole = new short[960];
        assertEquals(960, codec.conceal(whole, 0, 960));
        short[] parts = new short[960];
        for (int at = 0; at < 960; at += 160) {
            assertEquals(160, other.conceal(parts, at, 160));
        }
        assertArrayEquals(whole, parts);
        codec.decode(octets, 0, PACKET / 2, whole, 0);
        other.decode(octets, 0, PACKET / 2, parts, 0);
        assertArrayEquals(whole, parts);
    }

    @Test
    void beforeTheFirstPacketThereIsSilence() {
        short[] pcm = {1, 2, 3, 4};
        assertEquals(4, codec.conceal(pcm, 0, 4));
        assertArrayEquals(new short[4], pcm);
    }

    @Test
    void halfAPairOfSamplesCannotBeConcealed() {
        short[] pcm = {1, 2, 3, 4};
        assertEquals(AudioCodec.NONE, codec.conceal(pcm, 0, 1));
        assertEquals(2, codec.conceal(pcm, 1, 3));
        assertArrayEquals(new short[] {1, 0, 0, 4}, pcm);
    }

    @Test
    void aResetForgetsTheLoss() {
        decode(codec, 0, 10);
        codec.conceal(new short[PACKET], 0, PACKET);
        codec.resetDecoder();
        short[] pcm = new short[PACKET];
        codec.decode(octets, 0, PACKET / 2, pcm, 0);
        assertArrayEquals(Arrays.copyOf(perfect, PACKET), pcm);
    }

    /** Returns what is heard when the packets from one to another are lost. */
    private short[] hear(int from, int to) {
        AudioCodec listener = open();
        short[] heard = new short[vowel.length];
        for (int i = 0; i < PACKETS; i++) {
            if (i >= from && i < to) {
                assertEquals(PACKET, listener.conceal(heard, i * PACKET, PACKET));
            } else {
                listener.decode(octets, i * PACKET / 2, PACKET / 2, heard, i * PACKET);
            }
        }
        return heard;
    }

    private void decode(AudioCodec listener, int from, int to) {
        for (int i = from; i < to; i++) {
            listener.decode(octets, i * PACKET / 2, PACKET / 2, new short[PACKET], 0);
        }
    }

    private double noise(short[] heard, int from, int to) {
        double noise = 0;
        for (int i = from * PACKET; i < to * PACKET; i++) {
            noise += Math.pow(heard[i] - perfect[i], 2);
        }
        return noise / (to - from) / PACKET / Signals.power(perfect, from * PACKET, to * PACKET);
    }

    private static int steepest(short[] pcm, int from, int to) {
        int most = 0;
        for (int i = from + 1; i < to; i++) {
            most = Math.max(most, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return most;
    }

    private static AudioCodec open() {
        return new G722Provider().open(G722Provider.G722, FormatParameters.NONE, FormatParameters.NONE);
    }
}
