package io.earshot.files;

import java.io.Closeable;
import java.io.IOException;

/**
 * A sound file that grows and can be played at any moment, also after its program was killed. Confined to one thread.
 *
 * <p>When the disk fails, a method throws and the file holds the first {@link #frames()} frames, whole; what came after them is lost.
 * Writing may be tried again, and continues there.
 */
public interface AudioFileWriter extends Closeable {
    /** Returns the frames written so far; those that are not yet in the file are included. */
    long frames();

    /** Returns the bytes written so far; those that are not yet in the file are included. */
    long bytes();

    /**
     * Appends frames.
     *
     * @param samples samples of all channels together, interleaved, a multiple of the channels
     * @throws AudioFileFullException when the format cannot hold more: it ends here
     * @throws IOException when the disk is full, or the writer is closed
     */
    void write(short[] pcm, int offset, int samples) throws IOException;

    /** Brings the file up to date with everything written so far. */
    void flush() throws IOException;

    /** Brings the file up to date and closes it, even when the former fails. Doing so twice is harmless. */
    @Override
    void close() throws IOException;
}
