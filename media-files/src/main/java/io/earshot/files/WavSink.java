package io.earshot.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where a {@link WavWriter} puts its bytes. */
interface WavSink extends Closeable {
    /** Writes some of the remaining bytes at a position, as {@link FileChannel#write(ByteBuffer, long)} does. */
    int write(ByteBuffer bytes, long position) throws IOException;

    /**
     * Creates a file that starts with {@code header}.
     *
     * @throws FileAlreadyExistsException when it is there and may not be replaced
     */
    static WavSink create(Path file, IfExists ifExists, ByteBuffer header) throws IOException {
        if (ifExists == IfExists.FAIL) {
            return start(file, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), header);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        WavSink sink = start(part, FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING), header);
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return sink;
        } catch (IOException e) {
            sink.close();
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /** Writes the header into a file that is new and ours; if it has no room even for that, the file is removed again. */
    private static WavSink start(Path file, FileChannel channel, ByteBuffer header) throws IOException {
        WavSink sink = new WavSink() {
            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                return channel.write(bytes, position);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
        try {
            for (long position = 0; header.hasRemaining(); ) {
                position += sink.write(header, position);
            }
            return sink;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
