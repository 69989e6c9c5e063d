package io.earshot.codec.speex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.spi.AudioCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Our decoder rounds as libspeex does. The checksums were computed by this codec on a day when libspeex 1.2.1 (amd64) made the same
 * samples of
 * the same frames: every mode with every parameter at random, frames of all modes in turn, and lost ones.
 */
class SpeexExactnessTest {
    private static final int[] NARROW_BITS = {0, 43, 119, 160, 220, 300, 364, 492, 79};
    private static final int[] BAND_BITS = {0, 36, 112, 192, 352};
    private static final int FRAMES = 100;
    /** Share of lost frames of the mixed stream: one of this many. */
    private static final int LOST = 6;

    static List<byte[]> narrow() {
        List<byte[]> stream = new ArrayList<>();
        for (int mode = 1; mode < NARROW_BITS.length; mode++) {
            for (int i = 0; i < FRAMES; i++) {
                stream.add(frame(new Random(mode * 1_000L + i), mode, 0, 0));
            }
        }
        Random dice = new Random(74);
        for (int i = 0; i < 4 * FRAMES; i++) {
            stream.add(dice.nextInt(LOST) == 0 ? new byte[0] : frame(dice, 1 + dice.nextInt(8), 0, 0));
        }
        return stream;
    }

    static List<byte[]> wide(int top) {
        List<byte[]> stream = new ArrayList<>();
        for (int mode = 1; mode < BAND_BITS.length; mode++) {
            for (int i = 0; i < FRAMES; i++) {
                stream.add(frame(new Random(mode * 2_000L + i), 5, mode, top));
            }
        }
        Random dice = new Random(75);
        for (int i = 0; i < 4 * FRAMES; i++) {
            stream.add(dice.nextInt(LOST) == 0 ? new byte[0] : frame(dice, 2 + dice.nextInt(6), 1 + dice.nextInt(4), top));
        }
        return stream;
    }

    @Test
    void narrowbandIsDecodedToTheBit() {
        assertEquals(0x9be4e521L, decoded(SpeexBand.NARROW, narrow()));
    }

    @Test
    void widebandIsDecodedToTheBit() {
        assertEquals(0x81397b07L, decoded(SpeexBand.WIDE, wide(0)));
    }

    @Test
    void ultraWidebandIsDecodedToTheBit() {
        assertEquals(0xe7b7a81aL, decoded(SpeexBand.ULTRA_WIDE, wide(1)));
    }

    /** Makes a frame of these modes; its parameters are random, its end is padded as RFC 5574 section 3.3 has it. */
    private static byte[] frame(Random dice, int mode, int band, int top) {
        BitWriter bits = new BitWriter();
        byte[] out = new byte[200];
        bits.open(out, 0);
        layer(bits, dice, mode, 5, NARROW_BITS[mode]);
        if (band > 0) {
            layer(bits, dice, 8 + band, 4, BAND_BITS[band]);
        }
        if (top > 0) {
            layer(bits, dice, 8 + top, 4, BAND_BITS[top]);
        }
        return java.util.Arrays.copyOf(out, bits.finish());
    }

    private static void layer(BitWriter bits, Random dice, int head, int headBits, int size) {
        bits.write(head, headBits);
        for (int i = headBits; i < size; i++) {
            bits.write(dice.nextInt(2), 1);
        }
    }

    /** Returns the checksum of the samples, lower byte first. */
    private static long decoded(SpeexBand band, List<byte[]> stream) {
        SpeexPacketDecoder decoder = new SpeexPacketDecoder(band);
        short[] pcm = new short[band.frameSamples()];
        CRC32 checksum = new CRC32();
        for (byte[] frame : stream) {
            int got = frame.length == 0 ? decoder.conceal(pcm, 0, pcm.length) : decoder.decode(frame, 0, frame.length, pcm, 0);
            assertEquals(pcm.length, got == AudioCodec.NONE ? 0 : got);
            for (short sample : pcm) {
                checksum.update(sample);
                checksum.update(sample >> 8);
            }
        }
        return checksum.getValue();
    }
}
