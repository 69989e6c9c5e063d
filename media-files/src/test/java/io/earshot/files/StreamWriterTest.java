package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.audio.spi.RecordingEncoder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of frames, with an encoder that counts. */
class StreamWriterTest {
    @TempDir
    Path folder;

    /** Ten frames become two bytes: a mark and the first sample. */
    private static final class Counting implements RecordingEncoder {
        @Override
        public int sampleRate() {
            return 100;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int blockFrames() {
            return 10;
        }

        @Override
        public int maxBytes() {
            return 2;
        }

        @Override
        public int encode(short[] pcm, int offset, byte[] out, int outOffset) {
            out[outOffset] = 'F';
            out[outOffset + 1] = (byte) pcm[offset];
            return 2;
        }

        @Override
        public int finish(byte[] out, int outOffset) {
            out[outOffset] = 'E';
            return 1;
        }
    }

    private static short[] ramp(int from, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) ((from + i) / 10);
        }
        return pcm;
    }

    @Test
    void framesGoToTheFileOnceASecondAndTheRestAtTheEnd() throws IOException {
        Path file = folder.resolve("a.raw");
        StreamWriter writer = StreamWriter.create(file, new Counting(), IfExists.FAIL);
        writer.write(ramp(0, 95), 0, 95);
        assertEquals(95, writer.frames());
        assertEquals(18, writer.bytes());
        assertEquals(0, Files.size(file));
        writer.write(ramp(95, 20), 0, 20);
        assertEquals(20, Files.size(file), "ten blocks are a second");
        writer.close();
        writer.close();
        byte[] all = Files.readAllBytes(file);
        assertEquals(25, all.length);
        for (int i = 0; i < 12; i++) {
            assertEquals(i, all[2 * i + 1]);
        }
        assertEquals('E', all[24]);
        assertThrows(IOException.class, () -> writer.write(new short[1], 0, 1));
        assertThrows(FileAlreadyExistsException.class, () -> StreamWriter.create(file, new Counting(), IfExists.FAIL));
    }

    @Test
    void aFailedDiskLosesWhatWasPendingAndGoesOnWhereTheFileEnds() throws IOException {
        Path file = folder.resolve("b.raw");
        FailingSink sink = new FailingSink(file, 21);
        StreamWriter writer = new StreamWriter(file, sink, new Counting());
        writer.write(ramp(0, 100), 0, 100);
        assertThrows(AudioFileException.class, () -> writer.write(ramp(100, 100), 0, 100));
        assertEquals(100, writer.frames());
        sink.room = 1000;
        writer.write(ramp(300, 100), 0, 100);
        writer.close();
        byte[] all = Files.readAllBytes(file);
        assertEquals(41, all.length);
        assertEquals(30, all[21]);
    }

    @Test
    void twoSidesStayInStepWhenOneDiskFails() throws IOException {
        FailingSink sink = new FailingSink(folder.resolve("right.raw"), 0);
        StreamWriter left = StreamWriter.create(folder.resolve("left.raw"), new Counting(), IfExists.FAIL);
        SplitWriter both = new SplitWriter(left, new StreamWriter(folder.resolve("right.raw"), sink, new Counting()));
        short[] pcm = new short[400];
        for (int i = 0; i < 200; i++) {
            pcm[2 * i] = (short) (i / 10);
            pcm[2 * i + 1] = (short) (100 - i / 10);
        }
        assertThrows(IOException.class, () -> both.write(pcm, 0, 400));
        assertEquals(0, both.frames());
        sink.room = 1000;
        both.write(pcm, 0, 400);
        assertEquals(200, both.frames());
        both.close();
        byte[] one = Files.readAllBytes(folder.resolve("left.raw"));
        byte[] two = Files.readAllBytes(folder.resolve("right.raw"));
        assertEquals(41, one.length);
        assertEquals(41, two.length);
        byte[] expected = new byte[41];
        for (int i = 0; i < 20; i++) {
            expected[2 * i] = 'F';
            expected[2 * i + 1] = (byte) i;
        }
        expected[40] = 'E';
        assertArrayEquals(expected, one);
        assertEquals(100, two[1]);
        assertEquals(81, two[39]);
    }
}
