package io.earshot.record.mp3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.spi.RecordingEncoder;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames follow each other without a gap from the first byte on, and stand for as much time as went in. */
class Mp3EncoderTest {
    private static final int[] MPEG1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] MPEG2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    @ParameterizedTest
    @CsvSource({"8000,1", "8000,2", "16000,1", "16000,2", "24000,1", "32000,2", "48000,1", "48000,2"})
    void framesFollowEachOther(int rate, int channels) {
        RecordingEncoder encoder = new Mp3Provider().open(rate, channels);
        assertEquals(rate, encoder.sampleRate());
        byte[] out = new byte[encoder.maxBytes()];
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        short[] block = new short[encoder.blockFrames() * channels];
        int blocks = 3 * rate / encoder.blockFrames();
        for (int b = 0; b < blocks; b++) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (short) (8000 * Math.sin(2 * Math.PI * 440 * (b * encoder.blockFrames() + i / channels) / rate));
            }
            file.write(out, 0, encoder.encode(block, 0, out, 0));
        }
        file.write(out, 0, encoder.finish(out, 0));
        byte[] all = file.toByteArray();
        int frames = 0;
        int samples = 0;
        for (int at = 0; at < all.length; frames++) {
            assertEquals(0xFFE0, (all[at] & 0xFF) << 8 | all[at + 1] & 0xE0, "no frame at byte " + at + " of " + all.length);
            boolean one = (all[at + 1] >> 3 & 3) == 3;
            int bits = (one ? MPEG1 : MPEG2)[all[at + 2] >> 4 & 15] * 1000;
            int pad = all[at + 2] >> 1 & 1;
            assertEquals(channels == 1, (all[at + 3] >> 6 & 3) == 3, "frame " + frames + " at " + at + " with " + bits);
            samples += one ? 1152 : 576;
            at += (one ? 144 : 72) * bits / rate + pad;
            assertTrue(at <= all.length, "the last frame is cut");
        }
        int given = blocks * encoder.blockFrames();
        int made = samples;
        assertTrue(made >= given && made < given + 4 * 1152, () -> made + " samples of " + given);
        assertTrue(frames > 30);
        encoder.close();
    }

    @Test
    void anImpossibleRateIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> new Mp3Provider().open(192_000, 1));
    }
}
