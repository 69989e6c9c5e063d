package io.earshot.codec.gsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Keeps the arithmetic where {@code conformance/run gsm} proved it: the checksums are of what libgsm and the ETSI sequences agree with.
 */
class GsmExactnessTest {
    private static final int FRAMES = 500;

    @Test
    void theEncoderStaysBitExactOverSomethingLikeSpeech() {
        assertEquals("f8ffd26d", crc(encoded()));
    }

    @Test
    void theDecoderStaysBitExactOverItsOwnEncodersFrames() {
        assertEquals("5937be3", crc(decoded(encoded())));
    }

    @Test
    void theDecoderStaysBitExactOverFramesThatNoEncoderWouldSend() {
        byte[] noise = new byte[FRAMES * Frame.BYTES];
        new SplittableRandom(1989).nextBytes(noise);
        for (int i = 0; i < FRAMES; i++) {
            noise[i * Frame.BYTES] = (byte) (0xd0 | noise[i * Frame.BYTES] & 0xf);
        }
        assertEquals("e9861167", crc(decoded(noise)));
    }

    @Test
    void silenceIsCodedAsEveryOtherImplementationCodesIt() {
        byte[] out = new byte[Frame.BYTES];
        codec().encode(new short[Frame.SAMPLES], 0, Frame.SAMPLES, out, 0);
        assertEquals("d820a2e15a50004924924924500049249249245000492492492450004924924924", HexFormat.of().formatHex(out));
    }

    @Test
    void twoCodecsDoNotDisturbEachOther() {
        byte[] alone = encoded();
        short[] pcm = Signals.babble(FRAMES * Frame.SAMPLES);
        AudioCodec one = codec();
        AudioCodec other = codec();
        byte[] out = new byte[alone.length];
        byte[] ignored = new byte[Frame.BYTES];
        for (int i = 0; i < FRAMES; i++) {
            one.encode(pcm, i * Frame.SAMPLES, Frame.SAMPLES, out, i * Frame.BYTES);
            other.encode(pcm, (FRAMES - 1 - i) * Frame.SAMPLES, Frame.SAMPLES, ignored, 0);
            other.decode(ignored, 0, Frame.BYTES, new short[Frame.SAMPLES], 0);
        }
        assertArrayEquals(alone, out);
    }

    @Test
    void aResetDecoderIsAsNew() {
        byte[] frames = encoded();
        AudioCodec codec = codec();
        short[] pcm = new short[Frame.SAMPLES];
        for (int i = 0; i < 50; i++) {
            codec.decode(frames, i * Frame.BYTES, Frame.BYTES, pcm, 0);
        }
        codec.resetDecoder();
        codec.decode(frames, 0, Frame.BYTES, pcm, 0);
        short[] fresh = new short[Frame.SAMPLES];
        codec().decode(frames, 0, Frame.BYTES, fresh, 0);
        assertArrayEquals(fresh, pcm);
    }

    private static byte[] encoded() {
        short[] pcm = Signals.babble(FRAMES * Frame.SAMPLES);
        byte[] out = new byte[FRAMES * Frame.BYTES];
        AudioCodec codec = codec();
        for (int i = 0; i < FRAMES; i++) {
            codec.encode(pcm, i * Frame.SAMPLES, Frame.SAMPLES, out, i * Frame.BYTES);
        }
        return out;
    }

    /** Returns the samples of all frames, low byte first. */
    private static byte[] decoded(byte[] frames) {
        short[] pcm = new short[Frame.SAMPLES];
        byte[] out = new byte[frames.length / Frame.BYTES * Frame.SAMPLES * 2];
        AudioCodec codec = codec();
        int at = 0;
        for (int i = 0; i < frames.length / Frame.BYTES; i++) {
            codec.decode(frames, i * Frame.BYTES, Frame.BYTES, pcm, 0);
            for (short sample : pcm) {
                out[at++] = (byte) sample;
                out[at++] = (byte) (sample >> 8);
            }
        }
        return out;
    }

    private static String crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }

    private static AudioCodec codec() {
        return new GsmProvider().open(GsmProvider.GSM, FormatParameters.NONE, FormatParameters.NONE);
    }
}
