package io.earshot.files;

import static java.util.Objects.checkFromIndexSize;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Streams a WAV file as 16 bit PCM, with the same few kilobytes of memory for a file of any length. Reads linear PCM of 8, 16, 24 and
 * 32 bits, 32 bit float, A-law and µ-law, mono and stereo, plain or {@code WAVE_FORMAT_EXTENSIBLE}, RIFF or RF64. Chunks that it does not
 * know are skipped. A file whose writer was killed is read up to its last whole frame.
 */
public final class WavReader implements Closeable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final FileChannel channel;
    private final WavHeaderParser.Layout layout;
    private final SampleDecoder decoder;
    private final ByteBuffer buffer;
    /** Frames that have been handed out. */
    private long position;
    private long nextByte;

    private WavReader(FileChannel channel, WavHeaderParser.Layout layout) {
        this.channel = channel;
        this.layout = layout;
        decoder = SampleDecoder.of(layout.format());
        int bytesPerFrame = layout.format().bytesPerFrame();
        buffer = ByteBuffer.allocate(BUFFER_BYTES / bytesPerFrame * bytesPerFrame).order(ByteOrder.LITTLE_ENDIAN);
        rewind();
    }

    /**
     * Opens a file with {@link WavLimits#DEFAULT}.
     *
     * @throws AudioFileException when it is no WAV file that can be read; the message says why
     * @throws java.nio.file.NoSuchFileException when it does not exist
     * @throws IOException when the operating system does not let us
     */
    public static WavReader open(Path file) throws IOException {
        return open(file, WavLimits.DEFAULT);
    }

    /** Opens a file with limits of the caller's; see {@link #open(Path)}. */
    public static WavReader open(Path file, WavLimits limits) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new AudioFileException(file, "is not a regular file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new WavReader(channel, new WavHeaderParser(file, channel, limits).parse());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns how the audio is stored. */
    public WavFormat format() {
        return layout.format();
    }

    /** Returns the frames that are in the file, whatever its header says. */
    public long frames() {
        return layout.frames();
    }

    /** Tells whether the header's size was wrong and the file's real length was used: its writer did not get to finish. */
    public boolean isRepaired() {
        return layout.repaired();
    }

    /**
     * Reads the next frames, channels interleaved.
     *
     * @param samples how many samples of all channels together are wanted at most, a multiple of the channels
     * @return the samples read, fewer than wanted only at the end; -1 when there are none left
     */
    public int read(short[] pcm, int offset, int samples) throws IOException {
        checkFromIndexSize(offset, samples, pcm.length);
        int channels = format().channels();
        int done = 0;
        while (done + channels <= samples && (buffer.hasRemaining() || fill())) {
            int count = Math.min((samples - done) / channels, buffer.remaining() / format().bytesPerFrame()) * channels;
            for (int i = 0; i < count; i++) {
                pcm[offset + done + i] = decoder.next(buffer);
            }
            done += count;
            position += count / channels;
        }
        return done > 0 || samples < channels ? done : -1;
    }

    /** Starts again at the first frame. */
    public void rewind() {
        position = 0;
        nextByte = layout.offset();
        buffer.limit(0);
    }

    /** Fills the empty buffer with whole frames; returns false at the end, also if the file has meanwhile become shorter. */
    private boolean fill() throws IOException {
        int bytesPerFrame = format().bytesPerFrame();
        buffer.clear();
        buffer.limit((int) Math.min(buffer.capacity(), (frames() - position) * bytesPerFrame));
        while (buffer.hasRemaining() && channel.read(buffer, nextByte + buffer.position()) >= 0) {
            continue; // a read may return less than asked for
        }
        buffer.flip();
        buffer.limit(buffer.limit() / bytesPerFrame * bytesPerFrame);
        nextByte += buffer.limit();
        return buffer.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
