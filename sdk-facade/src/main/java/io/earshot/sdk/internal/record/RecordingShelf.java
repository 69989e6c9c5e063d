package io.earshot.sdk.internal.record;

import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.store.ValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which files were recorded here; with a store, by earlier runs of the program too. For any thread; waits for the disk. */
public final class RecordingShelf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingShelf.class);
    private static final String THERE = "1";

    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private final Published<Optional<ValueStore>> store = new Published<>(Optional.empty());

    /** Something that the disk may refuse. */
    @FunctionalInterface
    private interface DiskWork {
        void run() throws IOException;
    }

    /** Keeps the list in a store from now on, takes what is in it and still on the disk, and returns the file that was added last. */
    public Optional<Path> keepIn(ValueStore opened) {
        store.set(Optional.of(opened));
        Optional<Path> last = Optional.empty();
        for (String name : opened.values().keySet()) {
            Path file = Path.of(name);
            if (Files.exists(file)) {
                files.add(file);
                last = Optional.of(file);
            } else {
                keep(file, "");
            }
        }
        return last;
    }

    /** Adds files. */
    public void add(Collection<Path> made) {
        for (Path one : made) {
            Path file = one.toAbsolutePath();
            if (files.add(file)) {
                keep(file, THERE);
            }
        }
    }

    /** Deletes what is in the list, but for these, and returns how many files that was. */
    public int deleteAllBut(Set<Path> growing) {
        int deleted = 0;
        for (Path file : List.copyOf(files)) {
            try {
                if (!growing.contains(file)) {
                    deleted += Files.deleteIfExists(file) ? 1 : 0;
                    files.remove(file);
                    keep(file, "");
                }
            } catch (IOException refused) {
                LOG.warn("The recording {} cannot be deleted: {}", file, refused.toString());
            }
        }
        return deleted;
    }

    private void keep(Path file, String value) {
        store.get().ifPresent(kept -> save(() -> kept.put(file.toString(), value)));
    }

    private static void save(DiskWork work) {
        try {
            work.run();
        } catch (IOException refused) {
            LOG.warn("The list of recordings cannot be kept for a restart: {}", refused.getMessage());
        }
    }

    @Override
    public void close() {
        Optional<ValueStore> kept = store.get();
        store.set(Optional.empty());
        kept.ifPresent(one -> save(one::close));
    }
}
