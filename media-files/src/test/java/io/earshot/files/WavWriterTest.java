package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavWriterTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenInAnyBlocksIsReadBack() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int channels = 1 + seed % 2;
            int rate = new int[] {8000, 16000, 44100, 48000}[random.nextInt(4)];
            short[] pcm = noise(random, random.nextInt(100_000) * channels);
            Path file = folder.resolve(seed + ".wav");
            try (WavWriter writer = WavWriter.create(file, rate, channels, IfExists.FAIL)) {
                for (int at = 0; at < pcm.length; ) {
                    int count = Math.min(channels * random.nextInt(9000), pcm.length - at);
                    writer.write(pcm, at, count);
                    at += count;
                    assertEquals(at / channels, writer.frames());
                }
            }
            try (WavReader reader = WavReader.open(file)) {
                assertEquals(new WavFormat(WavFormat.Encoding.PCM, 16, channels, rate), reader.format());
                assertFalse(reader.isRepaired());
                assertArrayEquals(pcm, WavBytes.readAll(reader));
            }
            assertEquals(44 + 2L * pcm.length, Files.size(file));
        }
    }

    /** Byte by byte, since other programs read it. */
    @Test
    void theFileIsThePlainestWavThereIs() throws IOException {
        Path file = folder.resolve("plain.wav");
        try (WavWriter writer = WavWriter.create(file, 16000, 2, IfExists.FAIL)) {
            writer.write(new short[] {1, -2, 3, -4}, 0, 4);
        }
        WavBytes expected = WavBytes.riff().text("fmt ").int32(16).int16(1).int16(2).int32(16000).int32(64000).int16(4).int16(16)
            .text("data").int32(8).pcm16((short) 1, (short) -2, (short) 3, (short) -4);
        byte[] bytes = expected.toByteArray();
        bytes[4] = (byte) (bytes.length - 8);
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void theFileCanBePlayedAtAnyMomentAndLacksLessThanASecond() throws IOException {
        Path file = folder.resolve("growing.wav");
        try (WavWriter writer = WavWriter.create(file, 8000, 2, IfExists.FAIL)) {
            assertEquals(0, WavBytes.readAll(file).length);
            short[] frame = new short[320];
            for (int written = 160; written <= 80_000; written += 160) {
                writer.write(frame, 0, 320);
                try (WavReader reader = WavReader.open(file)) {
                    assertFalse(reader.isRepaired());
                    assertTrue(written - reader.frames() < 8000, written + " frames written, " + reader.frames() + " in the file");
                }
            }
            writer.write(frame, 0, 2);
            writer.flush();
            assertEquals(160_002, WavBytes.readAll(file).length);
        }
    }

    @Test
    void refusesToOverwriteUnlessToldTo() throws IOException {
        Path file = Files.writeString(folder.resolve("precious.wav"), "precious");
        assertThrows(FileAlreadyExistsException.class, () -> WavWriter.create(file, 8000, 1, IfExists.FAIL));
        assertEquals("precious", Files.readString(file));
        WavWriter.create(file, 8000, 1, IfExists.REPLACE).close();
        assertEquals(0, WavBytes.readAll(file).length);
        WavWriter.create(folder.resolve("new.wav"), 8000, 1, IfExists.REPLACE).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("new.wav", "precious.wav"), files.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void whoReadsAFileThatIsReplacedKeepsTheOldOne() throws IOException {
        Path file = folder.resolve("music.wav");
        try (WavWriter writer = WavWriter.create(file, 8000, 1, IfExists.FAIL)) {
            writer.write(noise(new Random(1), 50_000), 0, 50_000);
        }
        try (WavReader reader = WavReader.open(file)) {
            WavWriter.create(file, 8000, 1, IfExists.REPLACE).close();
            assertArrayEquals(noise(new Random(1), 50_000), WavBytes.readAll(reader));
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("missing").resolve("a.wav");
        IOException refused = assertThrows(AudioFileException.class, () -> WavWriter.create(file, 8000, 1, IfExists.FAIL));
        assertEquals(file + ": cannot be created, because its folder does not exist", refused.getMessage());
    }

    @Test
    void aFullDiskIsOneErrorAndWhatWasWrittenPlays() throws IOException {
        short[] pcm = noise(new Random(9), 40_000);
        for (int room : new int[] {45, 47, 1044, 16_044, 50_001, 60_003}) {
            Path file = folder.resolve(room + ".wav");
            FailingSink sink = new FailingSink(file, room);
            WavWriter writer = new WavWriter(file, sink, 8000, 2, Integer.MAX_VALUE);
            AudioFileException full = assertThrows(AudioFileException.class, () -> {
                for (int at = 0; at < pcm.length; at += 320) {
                    writer.write(pcm, at, 320);
                }
                writer.flush();
            });
            int frames = (room - 44) / 4;
            assertEquals(file + ": cannot be written beyond " + frames + " frames (java.io.IOException: No space left on device)",
                full.getMessage());
            assertEquals(1, sink.failures);
            assertEquals(frames, writer.frames());
            try (WavReader reader = WavReader.open(file)) {
                assertFalse(reader.isRepaired() && frames > 0);
                assertArrayEquals(Arrays.copyOf(pcm, frames * 2), WavBytes.readAll(reader));
            }
            sink.room = Integer.MAX_VALUE;
            writer.write(pcm, frames * 2, 8000);
            writer.close();
            assertTrue(sink.closed);
            assertArrayEquals(Arrays.copyOf(pcm, frames * 2 + 8000), WavBytes.readAll(file));
            assertThrows(ClosedChannelException.class, () -> writer.write(pcm, 0, 2));
        }
    }

    @Test
    void aFileEndsAtTheMostThatItsHeaderCanSay() throws IOException {
        Path file = folder.resolve("limit.wav");
        short[] pcm = noise(new Random(9), 30_000);
        WavWriter writer = new WavWriter(file, WavSink.create(file, IfExists.FAIL, ByteBuffer.allocate(44)), 8000, 1, 50_001);
        writer.write(pcm, 0, 25_000);
        AudioFileException full = assertThrows(AudioFileException.class, () -> writer.write(pcm, 25_000, 1));
        assertEquals("has reached 50000 bytes of audio, the most that a WAV file can hold", full.defect());
        assertArrayEquals(Arrays.copyOf(pcm, 25_000), WavBytes.readAll(file));
        writer.close();
    }

    @Test
    void programmingErrorsAreToldAsSuch() throws IOException {
        Path file = folder.resolve("a.wav");
        assertThrows(IllegalArgumentException.class, () -> WavWriter.create(file, 0, 1, IfExists.FAIL));
        assertThrows(IllegalArgumentException.class, () -> WavWriter.create(file, 8000, 3, IfExists.FAIL));
        assertFalse(Files.exists(file));
        try (WavWriter writer = WavWriter.create(file, 8000, 2, IfExists.FAIL)) {
            assertThrows(IllegalArgumentException.class, () -> writer.write(new short[3], 0, 3));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.write(new short[3], 2, 2));
        }
    }

    static short[] noise(Random random, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) random.nextInt();
        }
        return pcm;
    }
}
