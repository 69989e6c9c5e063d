package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that must be refused with a sentence, and mutations of good files that must never do anything but be read or be refused. */
class HostileWavTest {
    @TempDir
    Path folder;

    static Stream<Arguments> defects() {
        return Stream.of(
            defect("is empty", new byte[0]),
            defect("is no WAV file: only 11 bytes long", new byte[11]),
            defect("is no WAV file: starts with \"?ELF\" and \"0000\" instead of \"RIFF\" and \"WAVE\"",
                "\u007fELF????0000".getBytes(StandardCharsets.ISO_8859_1)),
            defect("is no WAV file: starts with \"RIFF\" and \"AVI \" instead of \"RIFF\" and \"WAVE\"",
                WavBytes.startingWith("RIFF", "AVI ").toByteArray()),
            defect("is a big-endian WAV file (RIFX), which is not supported", WavBytes.startingWith("RIFX", "WAVE").toByteArray()),
            defect("has no data chunk", WavBytes.riff().format(1, 1, 8000, 16).toByteArray()),
            defect("has no data chunk", WavBytes.riff().format(1, 1, 8000, 16).text("dat").toByteArray()),
            defect("has its data chunk before its fmt chunk", WavBytes.riff().data(1, 2).format(1, 1, 8000, 16).toByteArray()),
            defect("chunk \"LIST\" claims 4294967295 bytes where the file has 2 left",
                WavBytes.riff().chunk("LIST", -1, 1, 2).toByteArray()),
            defect("fmt chunk has 14 bytes instead of 16 or more", WavBytes.riff().chunk("fmt ", 14, new int[14]).toByteArray()),
            defect("has audio format 85; linear (1), float (3), A-law (6) and µ-law (7) are supported",
                WavBytes.riff().format(85, 1, 8000, 16).data(0, 0).toByteArray()),
            defect("has 12 bits per sample, which PCM files are not supported with",
                WavBytes.riff().format(1, 1, 8000, 12).data(0, 0).toByteArray()),
            defect("has 64 bits per sample, which FLOAT files are not supported with",
                WavBytes.riff().format(3, 1, 8000, 64).data(0, 0).toByteArray()),
            defect("has 0 channels; 1 and 2 are supported", WavBytes.riff().format(1, 0, 8000, 16).data(0, 0).toByteArray()),
            defect("has 65535 channels; 1 and 2 are supported", WavBytes.riff().format(1, -1, 8000, 16).data(0, 0).toByteArray()),
            defect("has a sample rate of 0 Hz, outside 1000 to 384000", WavBytes.riff().format(1, 1, 0, 16).data(0, 0).toByteArray()),
            defect("has a sample rate of 4294967295 Hz, outside 1000 to 384000",
                WavBytes.riff().format(1, 1, -1, 16).data(0, 0).toByteArray()),
            defect("says 7 bytes per frame where its format makes 2",
                WavBytes.riff().text("fmt ").int32(16).formatFields(1, 1, 8000, 16, 7).data(0, 0).toByteArray()),
            defect("fmt chunk of WAVE_FORMAT_EXTENSIBLE has 16 bytes instead of 40",
                WavBytes.riff().format(0xFFFE, 1, 8000, 16).data(0, 0).toByteArray()),
            defect("has an unknown sub-format of WAVE_FORMAT_EXTENSIBLE", foreignSubFormat()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aDefectIsToldWithTheFilesName(String sentence, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("broken.wav"), bytes);
        AudioFileException refused = assertThrows(AudioFileException.class, () -> WavReader.open(file));
        assertEquals(sentence, refused.defect());
        assertEquals(file + ": " + sentence, refused.getMessage());
        assertEquals(file, refused.file());
    }

    @Test
    void aFolderIsNotAFile() {
        assertEquals("is not a regular file", assertThrows(AudioFileException.class, () -> WavReader.open(folder)).defect());
    }

    @Test
    void aMillionEmptyChunksAreNotWalkedThrough() throws IOException {
        byte[] chunks = new byte[8_000_012];
        System.arraycopy(WavBytes.riff().toByteArray(), 0, chunks, 0, 12);
        Path file = Files.write(folder.resolve("chunks.wav"), chunks);
        assertEquals("has no audio among its first 1000 chunks",
            assertThrows(AudioFileException.class, () -> WavReader.open(file)).defect());
    }

    @Test
    void aMutatedFileIsReadOrRefusedAndNeverMoreThanItHolds() throws IOException {
        byte[][] seeds = {
            WavBytes.riff().format(1, 2, 8000, 16).data(new int[64]).toByteArray(),
            WavBytes.riff().extensible(3, 1, 48000, 32).chunk("fact", 4, 1, 2, 3, 4).data(new int[64]).toByteArray(),
            WavBytes.riff().chunk("LIST", 3, 1, 2, 3, 0).format(7, 1, 8000, 8).data().chunk("LIST", 4, 1, 2, 3, 4).toByteArray()};
        int refused = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = mutate(random, seeds[seed % seeds.length]);
            Path file = Files.write(folder.resolve("mutated.wav"), bytes);
            try (WavReader reader = WavReader.open(file)) {
                assertTrue(reader.frames() * reader.format().bytesPerFrame() <= bytes.length, "seed " + seed);
                assertEquals(reader.frames() * reader.format().channels(), WavBytes.readAll(reader).length, "seed " + seed);
            } catch (AudioFileException e) {
                refused++;
            }
        }
        assertTrue(refused > 300 && refused < 2700, refused + " refused: the mutations must reach both outcomes");
    }

    private static byte[] mutate(Random random, byte[] original) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> 0;
                case 2 -> (byte) 0xFF;
                default -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            };
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private static byte[] foreignSubFormat() {
        byte[] bytes = WavBytes.riff().extensible(1, 1, 8000, 16).data(0, 0).toByteArray();
        bytes[20 + 39] ^= 1;
        return bytes;
    }

    private static Arguments defect(String sentence, byte[] bytes) {
        return Arguments.of(sentence, bytes);
    }
}
