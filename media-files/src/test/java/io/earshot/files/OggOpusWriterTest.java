package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of an Ogg file, read back by a parser of the test's own. */
@Tag("rfc3533")
@Tag("rfc7845")
class OggOpusWriterTest {
    @TempDir
    Path folder;

    /** Packets of 300 bytes that carry a number. */
    private static final class Numbers implements AudioCodec {
        int next;
        boolean closed;

        @Override
        public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
            ByteBuffer.wrap(out, outOffset, 300).putInt(next++);
            return 300;
        }

        @Override
        public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
            return NONE;
        }

        @Override
        public int maxPayload(int samples) {
            return 300;
        }

        @Override
        public int duration(byte[] payload, int offset, int length) {
            return NONE;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Page(int flags, long granule, int serial, int sequence, List<byte[]> packets) { }

    private static List<Page> pages(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        List<Page> pages = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            assertEquals(0x5367674F, in.getInt());
            assertEquals(0, in.get());
            int flags = in.get();
            long granule = in.getLong();
            int serial = in.getInt();
            int sequence = in.getInt();
            int crc = in.getInt();
            int[] lacing = new int[in.get() & 0xFF];
            for (int i = 0; i < lacing.length; i++) {
                lacing[i] = in.get() & 0xFF;
            }
            List<byte[]> packets = new ArrayList<>();
            int length = 0;
            for (int segment : lacing) {
                length += segment;
                if (segment < 255) {
                    byte[] packet = new byte[length];
                    in.get(packet);
                    packets.add(packet);
                    length = 0;
                }
            }
            byte[] page = Arrays.copyOfRange(all, start, in.position());
            ByteBuffer.wrap(page).putInt(22, 0);
            assertEquals(crc, crc(page), "page " + sequence);
            pages.add(new Page(flags, granule, serial, sequence, packets));
        }
        return pages;
    }

    /** Bit by bit, unlike the writer's. */
    private static int crc(byte[] page) {
        int crc = 0;
        for (byte next : page) {
            crc ^= next << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80000000) != 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
            }
        }
        return crc;
    }

    @Test
    void headersThenAPageForEachSecondThenTheExactEnd() throws IOException {
        Path file = folder.resolve("a.opus");
        Numbers codec = new Numbers();
        try (OggOpusWriter writer = OggOpusWriter.create(file, codec, 2, 0x1234, IfExists.FAIL)) {
            writer.write(new short[2 * 48_000], 0, 2 * 48_000);
            assertEquals(3, pages(file).size(), "the second is on the disk");
            writer.write(new short[2 * 1000], 0, 2 * 1000);
            assertEquals(49_000, writer.frames());
        }
        assertTrue(codec.closed);
        List<Page> pages = pages(file);
        assertEquals(4, pages.size());
        assertEquals(List.of(2, 0, 0, 4), pages.stream().map(Page::flags).toList());
        assertEquals(List.of(0, 1, 2, 3), pages.stream().map(Page::sequence).toList());
        assertEquals(List.of(0L, 0L, 312 + 48_000L, 312 + 49_000L), pages.stream().map(Page::granule).toList());
        byte[] head = pages.get(0).packets.get(0);
        assertEquals("OpusHead", new String(head, 0, 8, StandardCharsets.US_ASCII));
        assertArrayEquals(new byte[] {1, 2, 0x38, 1, (byte) 0x80, (byte) 0xBB, 0, 0, 0, 0, 0},
            Arrays.copyOfRange(head, 8, 19));
        assertEquals("OpusTags", new String(pages.get(1).packets.get(0), 0, 8, StandardCharsets.US_ASCII));
        int number = 0;
        for (Page page : pages.subList(2, 4)) {
            for (byte[] packet : page.packets) {
                assertEquals(300, packet.length);
                assertEquals(number++, ByteBuffer.wrap(packet).getInt());
            }
        }
        assertEquals(52, number);
    }

    @Test
    void aPageThatDidNotGetIntoTheFileLeavesNoGapInTheNumbers() throws IOException {
        Path file = folder.resolve("b.opus");
        FailingSink sink = new FailingSink(file, 20_000);
        OggOpusWriter writer = new OggOpusWriter(file, sink, new Numbers(), 1, 7);
        writer.write(new short[48_000], 0, 48_000);
        assertThrows(AudioFileException.class, () -> writer.write(new short[48_000], 0, 48_000));
        assertEquals(48_000, writer.frames());
        sink.room = 1_000_000;
        writer.write(new short[48_000], 0, 48_000);
        writer.close();
        writer.close();
        assertEquals(List.of(0, 1, 2, 3, 4), pages(file).stream().map(Page::sequence).toList());
        assertThrows(IOException.class, () -> writer.write(new short[1], 0, 1));
    }
}
