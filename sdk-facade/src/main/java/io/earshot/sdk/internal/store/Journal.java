package io.earshot.sdk.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A file of records that is only ever appended to, and replaced as a whole when it has grown too long. What a crash leaves half written at
 * its end is cut off when it is opened again; everything before is there. One user at a time, one thread at a time.
 *
 * <p>Format: eight bytes that say what it is, then for each record its length and its CRC-32 as four bytes each, and its bytes.
 */
public final class Journal implements AutoCloseable {
    /** The longest record. */
    public static final int MOST_BYTES = 1 << 20;

    private static final byte[] MAGIC = "EARSHOT1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 8;

    /** When records are forced to the disk. */
    public enum Sync {
        /** Before {@link #append} returns: survives the loss of power. */
        EACH,
        /** When the operating system likes: survives the end of the process. */
        NEVER
    }

    private final Path file;
    private final Sync sync;
    private final FileChannel lockFile;
    private FileChannel channel;

    private Journal(Path file, Sync sync, FileChannel lockFile) {
        this.file = file;
        this.sync = sync;
        this.lockFile = lockFile;
    }

    /** A journal, and what was in it. */
    public record Opened(Journal journal, List<byte[]> records) { }

    /**
     * Opens or makes a journal. A file that is none is kept aside under another name.
     *
     * @throws IOException when it cannot be read or written, or somebody else uses it; the message is a sentence
     */
    public static Opened open(Path file, Sync sync) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel lockFile = own(sibling(file, ".lock"), StandardOpenOption.WRITE);
        try {
            if (!isLocked(lockFile)) {
                throw new IOException(file + " is in use by another phone");
            }
            Journal journal = new Journal(file, sync, lockFile);
            return new Opened(journal, journal.load());
        } catch (IOException refused) {
            lockFile.close();
            throw refused;
        }
    }

    /** Opens a file, or makes one that only its owner may read, where the file system knows owners. */
    private static FileChannel own(Path file, StandardOpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(how));
        options.add(StandardOpenOption.CREATE);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : FileChannel.open(file, options);
    }

    private static boolean isLocked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    private static Path sibling(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private List<byte[]> load() throws IOException {
        byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int magic = Math.min(all.length, MAGIC.length);
        if (!Arrays.equals(all, 0, magic, MAGIC, 0, magic)) {
            Files.move(file, sibling(file, ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
            all = new byte[0];
        }
        List<byte[]> records = new ArrayList<>();
        int good = MAGIC.length;
        for (byte[] record = recordAt(all, good); record != null; record = recordAt(all, good)) {
            records.add(record);
            good += HEAD + record.length;
        }
        channel = own(file, StandardOpenOption.WRITE);
        if (all.length < MAGIC.length) {
            channel.truncate(0);
            write(channel, MAGIC);
            force(channel);
        } else {
            channel.truncate(good);
            channel.position(good);
        }
        return records;
    }

    /** Returns the record at a place, or null where there is no whole one. */
    private static byte[] recordAt(byte[] all, int at) {
        if (at + HEAD > all.length) {
            return null;
        }
        ByteBuffer head = ByteBuffer.wrap(all, at, HEAD);
        int length = head.getInt();
        int sum = head.getInt();
        if (length < 0 || length > MOST_BYTES || at + HEAD + length > all.length) {
            return null;
        }
        byte[] record = Arrays.copyOfRange(all, at + HEAD, at + HEAD + length);
        return sum(record) == sum ? record : null;
    }

    /** The sum covers the length too, or a run of zeros would be many empty records. */
    private static int sum(byte[] record) {
        CRC32 crc = new CRC32();
        crc.update(record.length);
        crc.update(MAGIC);
        crc.update(record);
        return (int) crc.getValue();
    }

    private static byte[] framed(byte[] record) {
        if (record.length > MOST_BYTES) {
            throw new IllegalArgumentException("a record has at most " + MOST_BYTES + " bytes, not " + record.length);
        }
        return ByteBuffer.allocate(HEAD + record.length).putInt(record.length).putInt(sum(record)).put(record).array();
    }

    /** Appends a record. What fails half way is cut off again. */
    public void append(byte[] record) throws IOException {
        long before = channel.position();
        try {
            write(channel, framed(record));
            force(channel);
        } catch (IOException failed) {
            channel.truncate(before);
            throw failed;
        }
    }

    /** Replaces everything at once: after a crash there is either what was, or this. */
    public void rewrite(List<byte[]> records) throws IOException {
        Path fresh = sibling(file, ".new");
        FileChannel next = own(fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            write(next, MAGIC);
            for (byte[] record : records) {
                write(next, framed(record));
            }
            next.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            next.close();
            throw failed;
        }
        channel.close();
        channel = next;
    }

    /** Returns how many bytes the file has. */
    public long size() throws IOException {
        return channel.size();
    }

    private void force(FileChannel to) throws IOException {
        if (sync == Sync.EACH) {
            to.force(false);
        }
    }

    private static void write(FileChannel to, byte[] bytes) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
            to.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lockFile.close();
    }
}
