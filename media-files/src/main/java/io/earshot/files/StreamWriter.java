package io.earshot.files;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.api.audio.spi.RecordingEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a file that is nothing but encoded frames: raw GSM, MP3. About once a second of sound the file is brought up to date. */
public final class StreamWriter implements AudioFileWriter {
    private final Path file;
    private final WavSink sink;
    private final RecordingEncoder encoder;
    private final short[] block;
    private final byte[] bytes;
    private int filled;
    /** Bytes encoded and not yet in the file, and the blocks they stand for. */
    private int pending;
    private long pendingFrames;
    private long storedBytes;
    private long storedFrames;
    private boolean closed;

    StreamWriter(Path file, WavSink sink, RecordingEncoder encoder) {
        this.file = file;
        this.sink = sink;
        this.encoder = encoder;
        block = new short[encoder.blockFrames() * encoder.channels()];
        int blocks = Math.max(1, encoder.sampleRate() / encoder.blockFrames());
        bytes = new byte[(blocks + 2) * encoder.maxBytes()];
    }

    /**
     * Creates an empty file.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file is there and {@code ifExists} is {@link IfExists#FAIL}
     * @throws AudioFileException when the file's folder does not exist
     */
    public static StreamWriter create(Path file, RecordingEncoder encoder, IfExists ifExists) throws IOException {
        WavWriter.checkFolder(file);
        return new StreamWriter(file, WavSink.create(file, ifExists, ByteBuffer.allocate(0)), encoder);
    }

    @Override
    public long frames() {
        return storedFrames + pendingFrames + filled / encoder.channels();
    }

    @Override
    public long bytes() {
        return storedBytes + pending;
    }

    @Override
    public void write(short[] pcm, int offset, int samples) throws IOException {
        checkFromIndexSize(offset, samples, pcm.length);
        if (closed) {
            throw new ClosedChannelException();
        }
        for (int done = 0; done < samples; ) {
            int count = Math.min(samples - done, block.length - filled);
            System.arraycopy(pcm, offset + done, block, filled, count);
            filled += count;
            done += count;
            if (filled == block.length) {
                encode();
            }
        }
    }

    private void encode() throws IOException {
        pending += encoder.encode(block, 0, bytes, pending);
        pendingFrames += encoder.blockFrames();
        filled = 0;
        if (bytes.length - pending < 2 * encoder.maxBytes() || pendingFrames >= encoder.sampleRate()) {
            store();
        }
    }

    @Override
    public void flush() throws IOException {
        if (!closed) {
            store();
        }
    }

    private void store() throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes, 0, pending);
        int length = pending;
        long frames = pendingFrames;
        pending = 0;
        pendingFrames = 0;
        try {
            for (long at = storedBytes; out.hasRemaining(); ) {
                at += sink.write(out, at);
            }
        } catch (IOException full) {
            filled = 0;
            throw new AudioFileException(file, "cannot be written beyond " + storedFrames + " frames", full);
        }
        storedBytes += length;
        storedFrames += frames;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            if (filled > 0) {
                Arrays.fill(block, filled, block.length, (short) 0);
                encode();
            }
            pending += encoder.finish(bytes, pending);
            store();
        } finally {
            closed = true;
            encoder.close();
            sink.close();
        }
    }
}
