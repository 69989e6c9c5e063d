package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.files.WavFormat.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Formats that must be read, and sound files as other programs leave them. */
class WavReaderTest {
    @TempDir
    Path folder;

    static Stream<Arguments> formats() {
        return Stream.of(
            Arguments.of("8 bit", 1, 8, new int[] {0x80, 0x00, 0xFF, 0x81}, new short[] {0, -32768, 32512, 256}),
            Arguments.of("16 bit", 1, 16, new int[] {1, 0, 0xFF, 0xFF, 0, 0x80, 0xFF, 0x7F}, new short[] {1, -1, -32768, 32767}),
            Arguments.of("24 bit, rounded and saturated", 1, 24,
                new int[] {0x80, 1, 0, 0x7F, 1, 0, 0xFF, 0xFF, 0x7F, 0, 0, 0x80}, new short[] {2, 1, 32767, -32768}),
            Arguments.of("32 bit, rounded and saturated", 1, 32,
                new int[] {0, 0x80, 1, 0, 0xFF, 0x7F, 1, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80}, new short[] {2, 1, 32767, -32768}),
            Arguments.of("float", 3, 32, floats(0.5f, -0.25f, 1f, -1f, 7f, Float.NEGATIVE_INFINITY, Float.NaN, 1e-5f),
                new short[] {16384, -8192, 32767, -32768, 32767, -32768, 0, 0}),
            Arguments.of("A-law", 6, 8, new int[] {0xD5, 0x55, 0xAA, 0x2A}, new short[] {8, -8, 32256, -32256}),
            Arguments.of("µ-law", 7, 8, new int[] {0xFF, 0x7F, 0x80, 0x00}, new short[] {0, 0, 32124, -32124}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void readsTheFormatInMonoStereoAndExtensible(String name, int tag, int bits, int[] data, short[] expected) throws IOException {
        for (int channels = 1; channels <= 2; channels++) {
            WavBytes plain = WavBytes.riff().format(tag, channels, 8000, bits).data(data);
            WavBytes extensible = WavBytes.riff().extensible(tag, channels, 44100, bits).data(data);
            for (WavBytes wav : new WavBytes[] {plain, extensible}) {
                try (WavReader reader = WavReader.open(wav.writeTo(folder))) {
                    assertEquals(channels, reader.format().channels());
                    assertEquals(expected.length / channels, reader.frames());
                    assertFalse(reader.isRepaired());
                    assertArrayEquals(expected, WavBytes.readAll(reader));
                    reader.rewind();
                    assertArrayEquals(expected, WavBytes.readAll(reader), "after rewinding");
                }
            }
        }
    }

    /** Against the closed form of ITU-T G.711 in real numbers. */
    @Test
    void everyCodeOfBothLawsHasItsValue() throws IOException {
        int[] codes = IntStream.range(0, 256).toArray();
        short[] mu = WavBytes.readAll(WavBytes.riff().format(7, 1, 8000, 8).data(codes).writeTo(folder));
        short[] a = WavBytes.readAll(WavBytes.riff().format(6, 1, 8000, 8).data(codes).writeTo(folder));
        for (int code : codes) {
            int inverted = 255 - code;
            double muValue = 8 * (Math.pow(2, inverted / 16 % 8) * (inverted % 16 + 16.5) - 16.5);
            assertEquals(inverted < 128 ? muValue : -muValue, mu[code], 0.0, "µ-law " + code);
            int toggled = code ^ 0x55;
            int chord = toggled / 16 % 8;
            double aValue = 16 * (chord == 0 ? toggled % 16 + 0.5 : Math.pow(2, chord - 1) * (toggled % 16 + 16.5));
            assertEquals(toggled >= 128 ? aValue : -aValue, a[code], 0.0, "A-law " + code);
        }
    }

    @Test
    void tellsTheFormat() throws IOException {
        try (WavReader reader = WavReader.open(WavBytes.riff().format(6, 2, 16000, 8).data(1, 2, 3, 4).writeTo(folder))) {
            assertEquals(new WavFormat(Encoding.A_LAW, 8, 2, 16000), reader.format());
            assertEquals(2, reader.format().bytesPerFrame());
        }
    }

    @Test
    void skipsChunksThatItDoesNotKnowAndTheirPadBytes() throws IOException {
        WavBytes wav = WavBytes.riff().chunk("LIST", 3, 'a', 'b', 'c', 0).format(1, 1, 8000, 16)
            .chunk("fact", 4, 0, 0, 0, 0).chunk("\u0000\u0001xx", 0).data(1, 0, 2, 0).chunk("LIST", 2, 9, 9);
        assertArrayEquals(new short[] {1, 2}, WavBytes.readAll(wav.writeTo(folder)));
    }

    @Test
    void readsRf64WithItsSizeFromTheDs64Chunk() throws IOException {
        WavBytes wav = WavBytes.startingWith("RF64", "WAVE").chunk("ds64", 28).int32(0).int32(0).int32(4).int32(0)
            .int32(0).int32(0).int32(0).format(1, 1, 8000, 16).chunk("data", -1, 1, 0, 2, 0).chunk("LIST", 2, 9, 9);
        assertArrayEquals(new short[] {1, 2}, WavBytes.readAll(wav.writeTo(folder)));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aSizeThatAKilledWriterLeftIsRepaired(String name, int claimed) throws IOException {
        try (WavReader reader = WavReader.open(
                WavBytes.riff().format(1, 2, 8000, 16).chunk("data", claimed, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6).writeTo(folder))) {
            assertTrue(reader.isRepaired());
            assertEquals(2, reader.frames(), "the frame that was cut does not count");
            assertArrayEquals(new short[] {1, 2, 3, 4}, WavBytes.readAll(reader));
        }
    }

    static Stream<Arguments> lies() {
        return Stream.of(Arguments.of("nothing yet", 0), Arguments.of("unknown", -1), Arguments.of("too much", 12),
            Arguments.of("far too much", 0x7FFF_FFFF));
    }

    @Test
    void anEmptyDataChunkBeforeOtherChunksIsEmpty() throws IOException {
        WavBytes wav = WavBytes.riff().format(1, 1, 8000, 16).data().chunk("LIST", 4, 1, 2, 3, 4).chunk("id3 ", 3, 1, 2, 3);
        try (WavReader reader = WavReader.open(wav.writeTo(folder))) {
            assertEquals(0, reader.frames());
            assertFalse(reader.isRepaired());
            assertEquals(-1, reader.read(new short[10], 0, 10));
        }
    }

    @Test
    void anOddSizeIsRoundedDownToFrames() throws IOException {
        WavBytes wav = WavBytes.riff().format(1, 2, 8000, 16).data(1, 0, 2, 0, 3, 0, 4);
        assertArrayEquals(new short[] {1, 2}, WavBytes.readAll(wav.writeTo(folder)));
    }

    @Test
    void readsLongFilesInBlocksOfAnySize() throws IOException {
        Random random = new Random(4);
        short[] pcm = new short[100_000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) random.nextInt();
        }
        Path file = WavBytes.riff().format(1, 2, 48000, 16).text("data").int32(pcm.length * 2).pcm16(pcm).writeTo(folder);
        try (WavReader reader = WavReader.open(file)) {
            short[] block = new short[20_003];
            int at = 0;
            while (at < pcm.length) {
                int wanted = 2 * random.nextInt(10_000);
                int count = reader.read(block, 3, wanted);
                assertEquals(Math.min(wanted, pcm.length - at), count);
                for (int i = 0; i < count; i++) {
                    assertEquals(pcm[at + i], block[3 + i]);
                }
                at += count;
            }
            assertEquals(-1, reader.read(block, 0, 100));
        }
    }

    @Test
    void aFileThatShrinksWhileItIsReadJustEnds() throws IOException {
        Path file = WavBytes.riff().format(1, 1, 8000, 16).text("data").int32(80_000).pcm16(new short[40_000]).writeTo(folder);
        try (WavReader reader = WavReader.open(file)) {
            assertEquals(100, reader.read(new short[100], 0, 100));
            Files.write(file, new byte[20_001]);
            assertTrue(WavBytes.readAll(reader).length < 10_000);
        }
    }

    @Test
    void aSoundFileHoldsTheMonoMixAndCopiesFromAnywhere() throws IOException {
        Path file = WavBytes.riff().format(1, 2, 16000, 16).text("data").int32(16)
            .pcm16((short) 100, (short) 300, (short) -32768, (short) -32768, (short) 32767, (short) 32767, (short) 5, (short) -5)
            .writeTo(folder);
        SoundFile sound = SoundFile.load(file);
        assertEquals(16000, sound.sampleRate());
        assertEquals(4, sound.samples());
        assertEquals(0, sound.durationMillis());
        short[] out = new short[5];
        assertEquals(3, sound.copy(1, out, 1, 4));
        assertArrayEquals(new short[] {0, -32768, 32767, 0, 0}, out);
        assertEquals(0, sound.copy(4, out, 0, 4));
        assertEquals(1, sound.copy(0, out, 0, 1));
        assertEquals(200, out[0]);
    }

    @Test
    void aSoundFileTooLongForMemoryIsRefusedBeforeItIsRead() throws IOException {
        Path file = WavBytes.riff().format(1, 1, 8000, 8).data(1, 2, 3, 4).writeTo(folder);
        assertEquals(4, SoundFile.load(file, new WavLimits(1000, 1000, 8000, 4)).samples());
        AudioFileException refused = assertThrows(AudioFileException.class,
            () -> SoundFile.load(file, new WavLimits(1000, 1000, 8000, 3)));
        assertEquals("has 4 frames, too many to be held in memory (3)", refused.defect());
    }

    @Test
    void aSoundMadeOfSamplesIsACopy() {
        short[] pcm = new short[8000];
        SoundFile sound = SoundFile.of(pcm, 8000);
        pcm[0] = 1;
        short[] out = {9};
        sound.copy(0, out, 0, 1);
        assertEquals(0, out[0]);
        assertEquals(1000, sound.durationMillis());
    }

    @Test
    void aMissingFileIsTheOperatingSystemsBusiness() {
        assertThrows(NoSuchFileException.class, () -> WavReader.open(folder.resolve("missing.wav")));
    }

    private static int[] floats(float... values) {
        int[] bytes = new int[values.length * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Float.floatToRawIntBits(values[i / 4]) >> 8 * (i % 4);
        }
        return bytes;
    }
}
