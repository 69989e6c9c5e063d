package io.earshot.files;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.api.codec.spi.AudioCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes Opus into an Ogg file (RFC 3533, RFC 7845): packets of 20 ms, a page for each second. A file whose writer was killed ends with the
 * last whole page and plays up to there; only its mark of the end is missing.
 */
public final class OggOpusWriter implements AudioFileWriter {
    /** What goes in per second. */
    public static final int SAMPLE_RATE = 48_000;
    private static final int PACKET_FRAMES = SAMPLE_RATE / 50;
    private static final int PACKETS_PER_PAGE = 50;
    /** What a decoder drops at the beginning: the look-ahead of the encoder. */
    private static final int PRE_SKIP = 312;
    private static final int MOST_PACKET_BYTES = 1275;

    private final Path file;
    private final WavSink sink;
    private final AudioCodec encoder;
    private final int channels;
    private final OggPage page;
    private final short[] packet;
    private final byte[] encoded;
    private int filled;
    private long storedBytes;
    private long storedFrames;
    private boolean closed;

    OggOpusWriter(Path file, WavSink sink, AudioCodec encoder, int channels, int serial) throws IOException {
        this.file = file;
        this.sink = sink;
        this.encoder = encoder;
        this.channels = channels;
        page = new OggPage(serial, PACKETS_PER_PAGE, PACKETS_PER_PAGE * MOST_PACKET_BYTES);
        packet = new short[PACKET_FRAMES * channels];
        encoded = new byte[Math.max(MOST_PACKET_BYTES, encoder.maxPayload(packet.length))];
        header(head(channels), OggPage.FIRST);
        header(tags(), 0);
    }

    /**
     * Creates a file with its headers and no sound yet.
     *
     * @param encoder Opus at 48 kHz, with as many channels; closed with the writer
     * @param channels 1 or 2
     * @param serial any number that tells the stream from others
     * @throws java.nio.file.FileAlreadyExistsException when the file is there and {@code ifExists} is {@link IfExists#FAIL}
     * @throws AudioFileException when the file's folder does not exist
     */
    public static OggOpusWriter create(Path file, AudioCodec encoder, int channels, int serial, IfExists ifExists) throws IOException {
        WavWriter.checkFolder(file);
        return new OggOpusWriter(file, WavSink.create(file, ifExists, ByteBuffer.allocate(0)), encoder, channels, serial);
    }

    private static byte[] head(int channels) {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) channels);
        return head.putShort((short) PRE_SKIP).putInt(SAMPLE_RATE).putShort((short) 0).put((byte) 0).array();
    }

    private static byte[] tags() {
        byte[] vendor = "Earshot".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer tags = ByteBuffer.allocate(16 + vendor.length).order(ByteOrder.LITTLE_ENDIAN);
        return tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(vendor.length).put(vendor).putInt(0).array();
    }

    private void header(byte[] content, int flags) throws IOException {
        page.add(content, content.length);
        append(page.finish(0, flags));
    }

    @Override
    public long frames() {
        return storedFrames + (long) page.packets() * PACKET_FRAMES + filled / channels;
    }

    @Override
    public long bytes() {
        return storedBytes + page.bytes();
    }

    @Override
    public void write(short[] pcm, int offset, int samples) throws IOException {
        checkFromIndexSize(offset, samples, pcm.length);
        if (closed) {
            throw new ClosedChannelException();
        }
        for (int done = 0; done < samples; ) {
            int count = Math.min(samples - done, packet.length - filled);
            System.arraycopy(pcm, offset + done, packet, filled, count);
            filled += count;
            done += count;
            if (filled == packet.length) {
                encode();
            }
        }
    }

    private void encode() throws IOException {
        int length = encoder.encode(packet, 0, packet.length, encoded, 0);
        filled = 0;
        page.add(encoded, length);
        if (page.packets() == PACKETS_PER_PAGE) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (!closed && page.packets() > 0) {
            store(PRE_SKIP + storedFrames + (long) page.packets() * PACKET_FRAMES, 0);
        }
    }

    private void store(long granule, int flags) throws IOException {
        int packets = page.packets();
        ByteBuffer out = page.finish(granule, flags);
        try {
            append(out);
        } catch (IOException full) {
            page.takeBack();
            filled = 0;
            throw new AudioFileException(file, "cannot be written beyond " + storedFrames + " frames", full);
        }
        storedFrames += (long) packets * PACKET_FRAMES;
    }

    private void append(ByteBuffer out) throws IOException {
        int length = out.remaining();
        for (long at = storedBytes; out.hasRemaining(); ) {
            at += sink.write(out, at);
        }
        storedBytes += length;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            long end = frames();
            if (filled > 0 || page.packets() == 0) {
                Arrays.fill(packet, filled, packet.length, (short) 0);
                int length = encoder.encode(packet, 0, packet.length, encoded, 0);
                filled = 0;
                page.add(encoded, length);
            }
            // The granule position of the last page says where the sound ends (RFC 7845 §4.4).
            store(PRE_SKIP + end, OggPage.LAST);
        } finally {
            closed = true;
            encoder.close();
            sink.close();
        }
    }
}
