package io.earshot.codec.g729;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packing of RFC 3551 §4.5.6, loss, pauses and hostile payloads. */
@Tag("rfc3551")
class G729CodecTest {
    private static final int FRAME = TestSignals.FRAME;

    @Test
    void aPacketIsItsFramesOneAfterTheOther() {
        short[] pcm = TestSignals.speechLike(120);
        G729Codec one = new G729Codec(false, false);
        byte[] singly = new byte[1200];
        for (int i = 0; i < 120; i++) {
            assertEquals(10, one.encode(pcm, i * FRAME, FRAME, singly, 10 * i));
        }
        for (int frames = 2; frames <= 12; frames++) {
            G729Codec many = new G729Codec(false, false);
            byte[] packed = new byte[1200];
            int at = 0;
            for (int i = 0; i + frames <= 120; i += frames) {
                at += many.encode(pcm, i * FRAME, frames * FRAME, packed, at);
            }
            assertArrayEquals(Arrays.copyOf(singly, at), Arrays.copyOf(packed, at), frames + " frames to a packet");
        }
    }

    @Test
    void decodingAPacketIsDecodingItsFrames() {
        byte[] payload = new byte[62];
        new SplittableRandom(5).nextBytes(payload);
        short[] together = new short[7 * FRAME];
        assertEquals(7 * FRAME, new G729Codec(true, false).decode(payload, 0, 62, together, 0));
        G729Codec codec = new G729Codec(true, false);
        short[] singly = new short[7 * FRAME];
        for (int i = 0; i < 7; i++) {
            assertEquals(FRAME, codec.decode(payload, 10 * i, i < 6 ? 10 : 2, singly, i * FRAME));
        }
        assertArrayEquals(singly, together);
    }

    @Test
    void onlyWholeFramesAndOneSidFrameAtTheEndAreAPayload() {
        G729Codec codec = new G729Codec(true, false);
        for (int length = 0; length < 300; length++) {
            int frames = length / 10 + (length % 10 == 2 ? 1 : 0);
            boolean good = (length % 10 == 0 || length % 10 == 2) && frames > 0 && frames <= 12;
            int expected = good ? frames * FRAME : AudioCodec.NONE;
            assertEquals(expected, codec.duration(new byte[300], 0, length), "length " + length);
            assertEquals(expected, codec.decode(new byte[300], 0, length, new short[960], 0), "length " + length);
        }
    }

    @Test
    void refusesPartsOfFramesToEncode() {
        G729Codec codec = new G729Codec(false, false);
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new short[160], 0, 100, new byte[20], 0));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new short[1040], 0, 1040, new byte[130], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> codec.encode(new short[160], 0, 160, new byte[19], 0));
    }

    @Test
    void everyPacketWithPausesCanBeDecodedAndSilenceComesLast() {
        short[] pcm = TestSignals.speechLike(2400);
        for (int frames : new int[] {1, 2, 3, 6}) {
            G729Codec codec = new G729Codec(true, false);
            byte[] packet = new byte[60];
            int pauses = 0;
            int descriptions = 0;
            for (int at = 0; at + frames * FRAME <= pcm.length; at += frames * FRAME) {
                int length = codec.encode(pcm, at, frames * FRAME, packet, 0);
                pauses += length == 0 ? 1 : 0;
                descriptions += length % 10 == 2 ? 1 : 0;
                int duration = codec.duration(packet, 0, length);
                assertTrue(length == 0 || duration > 0 && duration <= frames * FRAME, length + " bytes for " + frames + " frames");
            }
            assertTrue(pauses > 20 && descriptions > 5, frames + " frames: " + pauses + " pauses, " + descriptions + " SID frames");
        }
    }

    @Test
    void speechAfterAPauseIsNeverMovedWithinItsPacket() {
        short[] pcm = TestSignals.speechLike(2400);
        G729Codec singly = new G729Codec(true, false);
        G729Codec pairs = new G729Codec(true, false);
        byte[] packet = new byte[20];
        for (int at = 0; at < pcm.length; at += 2 * FRAME) {
            singly.encode(pcm, at, FRAME, packet, 0);
            boolean second = singly.encode(pcm, at + FRAME, FRAME, packet, 0) == 10;
            int length = pairs.encode(pcm, at, 2 * FRAME, packet, 0);
            assertEquals(second, length == 20, "frame " + at / FRAME);
        }
    }

    @Test
    void concealmentFadesAndIsNeverSilentAtOnce() {
        G729Codec codec = new G729Codec(false, false);
        short[] pcm = TestSignals.noise(20);
        short[] out = new short[FRAME];
        byte[] frame = new byte[10];
        for (int i = 0; i < 20; i++) {
            codec.encode(pcm, i * FRAME, FRAME, frame, 0);
            codec.decode(frame, 0, 10, out, 0);
        }
        codec.conceal(out, 0, FRAME);
        double first = energy(out);
        for (int i = 0; i < 100; i++) {
            codec.conceal(out, 0, FRAME);
        }
        assertTrue(first > 1_000, "the first lost frame has energy " + first);
        assertTrue(energy(out) < first / 100, "a second later there is " + energy(out));
    }

    @Test
    void concealsAnyNumberOfSamples() {
        short[] whole = new short[3 * FRAME];
        G729Codec codec = new G729Codec(false, false);
        codec.decode(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0, 10, new short[FRAME], 0);
        assertEquals(200, codec.conceal(whole, 5, 200));
        assertEquals(0, whole[4]);
        assertEquals(0, whole[205]);
        assertTrue(energy(whole) > 0);
        assertEquals(0, codec.conceal(whole, 0, 0));
    }

    @Test
    void aSidFrameGivesNoiseOfItsLevelForAsLongAsThePauseLasts() {
        G729Codec codec = new G729Codec(true, false);
        byte[] sid = {0, (byte) (20 << 1)};
        short[] out = new short[FRAME];
        codec.decode(sid, 0, 2, out, 0);
        for (int i = 0; i < 20; i++) {
            codec.conceal(out, 0, FRAME);
        }
        double early = energy(out);
        for (int i = 0; i < 200; i++) {
            codec.conceal(out, 0, FRAME);
        }
        assertTrue(energy(out) > early / 4 && energy(out) < 4 * early, early + " became " + energy(out));
    }

    @Test
    void aResetDecoderIsLikeNew() {
        byte[] payload = new byte[100];
        new SplittableRandom(8).nextBytes(payload);
        short[] fresh = new short[10 * FRAME];
        short[] again = new short[10 * FRAME];
        G729Codec codec = new G729Codec(true, false);
        codec.decode(payload, 0, 100, fresh, 0);
        codec.decode(payload, 0, 2, again, 0);
        codec.conceal(again, 0, 3 * FRAME);
        codec.resetDecoder();
        codec.decode(payload, 0, 100, again, 0);
        assertArrayEquals(fresh, again);
    }

    @Test
    void hasNoRedundancyOfItsOwn() {
        assertEquals(AudioCodec.NONE, new G729Codec(true, false).decodeFec(new byte[10], 0, 10, new short[80], 0, 80));
    }

    private static double energy(short[] pcm) {
        double sum = 0;
        for (short sample : pcm) {
            sum += (double) sample * sample;
        }
        return sum / pcm.length;
    }

    /** The last delay but one that bits can say, and a signal that resembles its past an eighth or more after that. */
    @Test
    void theFullDecoderStandsADelayThatNoEncoderSends() {
        LongTermFilter filter = new LongTermFilter();
        for (int i = 0; i < filter.residual.length; i++) {
            for (int harmonic = 5; harmonic < 40; harmonic++) {
                filter.residual[i] += (int) (300 * Math.sin(2 * Math.PI * harmonic * i / 145.5 + harmonic * harmonic));
            }
        }
        assertEquals(146, filter.filter(144, new int[FRAME / 2]));
    }
}
