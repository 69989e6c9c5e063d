package io.earshot.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Builds WAV files byte by byte, lies included. */
final class WavBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private WavBytes() {
    }

    static WavBytes riff() {
        return new WavBytes().text("RIFF").int32(0).text("WAVE");
    }

    static WavBytes startingWith(String magic, String form) {
        return new WavBytes().text(magic).int32(0).text(form);
    }

    /** A plain format chunk. */
    WavBytes format(int tag, int channels, int rate, int bits) {
        return text("fmt ").int32(16).formatFields(tag, channels, rate, bits, channels * bits / 8);
    }

    WavBytes formatFields(int tag, int channels, int rate, int bits, int bytesPerFrame) {
        return int16(tag).int16(channels).int32(rate).int32(rate * bytesPerFrame).int16(bytesPerFrame).int16(bits);
    }

    WavBytes extensible(int subFormat, int channels, int rate, int bits) {
        text("fmt ").int32(40).formatFields(0xFFFE, channels, rate, bits, channels * bits / 8);
        return int16(22).int16(bits).int32(0).int16(subFormat)
            .bytes(0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71);
    }

    WavBytes chunk(String id, int claimed, int... content) {
        return text(id).int32(claimed).bytes(content);
    }

    WavBytes data(int... content) {
        return chunk("data", content.length, content);
    }

    WavBytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    WavBytes int16(int value) {
        return bytes(value, value >> 8);
    }

    WavBytes int32(int value) {
        return bytes(value, value >> 8, value >> 16, value >> 24);
    }

    WavBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    WavBytes pcm16(short... samples) {
        ByteBuffer buffer = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asShortBuffer().put(samples);
        out.writeBytes(buffer.array());
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    Path writeTo(Path folder) throws IOException {
        return Files.write(folder.resolve("test.wav"), toByteArray());
    }

    /** Reads a file to its end in blocks of an odd size. */
    static short[] readAll(WavReader reader) throws IOException {
        short[] all = new short[(int) reader.frames() * reader.format().channels()];
        short[] block = new short[30];
        int filled = 0;
        for (int count = reader.read(block, 0, 30); count >= 0; count = reader.read(block, 0, 30)) {
            System.arraycopy(block, 0, all, filled, count);
            filled += count;
        }
        return Arrays.copyOf(all, filled);
    }

    static short[] readAll(Path file) throws IOException {
        try (WavReader reader = WavReader.open(file)) {
            return readAll(reader);
        }
    }
}
