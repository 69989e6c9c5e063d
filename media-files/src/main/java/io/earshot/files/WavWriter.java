package io.earshot.files;

import static java.util.Objects.checkFromIndexSize;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes 16 bit PCM to a WAV file that can be played at any moment: after every second of audio, what has gathered goes to the file and the
 * header is brought up to date, so a process that is killed loses less than a second. (A machine that loses power may lose what its
 * operating system had not yet put on the disk.)
 *
 * <p>When the disk fails, the header is corrected, if it still lets us, to what has got there, and writing goes on there when it is tried
 * again. A file ends before it reaches 4 GiB, the most its header can say.
 */
public final class WavWriter implements AudioFileWriter {
    private static final int HEADER_BYTES = 44;
    private static final int RIFF_BYTES_BEFORE_DATA = HEADER_BYTES - 8;
    private static final int MAX_BUFFER_BYTES = 32 * 1024;
    /** The sizes in the header are 32 bits wide, and the outer one counts the header as well. */
    private static final long MAX_DATA_BYTES = 0xFFFF_FFFFL - RIFF_BYTES_BEFORE_DATA;

    private final Path file;
    private final WavSink sink;
    private final int channels;
    private final long maxDataBytes;
    private final ByteBuffer header;
    /** Holds a second of audio or less; whenever it is full, it goes to the file and the header follows. */
    private final ByteBuffer buffer;
    /** Bytes of audio that have got into the file. */
    private long storedBytes;
    private boolean ended;

    /** For tests: any sink, any limit. The sink starts with a header that says 0. */
    WavWriter(Path file, WavSink sink, int sampleRate, int channels, long maxDataBytes) {
        this.file = file;
        this.sink = sink;
        this.channels = channels;
        this.maxDataBytes = maxDataBytes / (2 * channels) * (2 * channels);
        header = header(sampleRate, channels);
        buffer = ByteBuffer.allocate(Math.min(MAX_BUFFER_BYTES, sampleRate * channels * 2)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Creates a file with a header and no audio yet, or replaces one.
     *
     * @param sampleRate frames per second
     * @param channels 1 or 2
     * @throws FileAlreadyExistsException when the file is there and {@code ifExists} is {@link IfExists#FAIL}
     * @throws AudioFileException when the file's folder does not exist
     * @throws IOException when the operating system does not let us
     */
    public static WavWriter create(Path file, int sampleRate, int channels, IfExists ifExists) throws IOException {
        checkFormat(sampleRate, channels);
        checkFolder(file);
        return new WavWriter(file, WavSink.create(file, ifExists, header(sampleRate, channels)), sampleRate, channels, MAX_DATA_BYTES);
    }

    static void checkFolder(Path file) throws AudioFileException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new AudioFileException(file, "cannot be created, because its folder does not exist");
        }
    }

    static void checkFormat(int sampleRate, int channels) {
        if (sampleRate < WavLimits.DEFAULT.minSampleRate() || sampleRate > WavLimits.DEFAULT.maxSampleRate()) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException(channels + " channels");
        }
    }

    @Override
    public long frames() {
        return (storedBytes + buffer.position()) / (2L * channels);
    }

    @Override
    public long bytes() {
        return HEADER_BYTES + storedBytes + buffer.position();
    }

    @Override
    public void write(short[] pcm, int offset, int samples) throws IOException {
        checkFromIndexSize(offset, samples, pcm.length);
        if (samples % channels != 0) {
            throw new IllegalArgumentException(samples + " samples in " + channels + " channels");
        }
        if (ended) {
            throw new ClosedChannelException();
        }
        for (int done = 0; done < samples; ) {
            int count = Math.min(samples - done, buffer.remaining() / 2);
            count = (int) Math.min(count, (maxDataBytes - storedBytes - buffer.position()) / 2);
            for (int i = 0; i < count; i++) {
                buffer.putShort(pcm[offset + done + i]);
            }
            done += count;
            boolean full = count == 0 && buffer.hasRemaining();
            if (full || !buffer.hasRemaining()) {
                flush();
            }
            if (full) {
                close();
                throw new AudioFileFullException(file, "has reached " + storedBytes + " bytes of audio, the most that a WAV file can hold");
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (ended) {
            return;
        }
        try {
            store();
            updateHeader();
        } catch (IOException e) {
            storedBytes -= storedBytes % (2L * channels);
            salvage(e);
            throw new AudioFileException(file, "cannot be written beyond " + storedBytes / (2L * channels) + " frames", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            try {
                flush();
            } finally {
                ended = true;
                sink.close();
            }
        }
    }

    private void store() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                storedBytes += sink.write(buffer, HEADER_BYTES + storedBytes);
            }
        } finally {
            buffer.clear();
        }
    }

    private void updateHeader() throws IOException {
        long whole = storedBytes - storedBytes % (2L * channels);
        header.clear();
        header.putInt(4, (int) (RIFF_BYTES_BEFORE_DATA + whole));
        header.putInt(HEADER_BYTES - 4, (int) whole);
        while (header.hasRemaining()) {
            sink.write(header, header.position());
        }
    }

    /** A full disk lets bytes that are already allocated be overwritten, so the header can still be made right. */
    private void salvage(IOException cause) {
        try {
            updateHeader();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static ByteBuffer header(int sampleRate, int channels) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(RIFF_BYTES_BEFORE_DATA);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) channels).putInt(sampleRate).putInt(2 * channels * sampleRate);
        header.putShort((short) (2 * channels)).putShort((short) 16);
        return header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(0).flip();
    }
}
