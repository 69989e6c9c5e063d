package io.earshot.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A real file on a disk that has room for so many bytes only: what fits of a write is written, what is already there can be changed. */
final class FailingSink implements WavSink {
    private final FileChannel channel;
    long room;
    int failures;
    boolean closed;

    FailingSink(Path file, long room) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        this.room = room;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        long fits = Math.min(bytes.remaining(), room - position);
        if (fits <= 0) {
            failures++;
            throw new IOException("No space left on device");
        }
        ByteBuffer part = bytes.slice(bytes.position(), (int) fits);
        int written = channel.write(part, position);
        bytes.position(bytes.position() + written);
        return written;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }
}
