package io.earshot.sdk.internal.record;

import io.earshot.api.Failure;
import io.earshot.api.audio.RecordingEvent;
import io.earshot.api.audio.RecordingPolicy.Retry;
import io.earshot.api.audio.spi.RecordingUploader;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.store.Journal;
import io.earshot.sdk.internal.store.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are to be uploaded, one after another. With a journal they survive the end of the program;
 * its records are sealed, because targets have passwords in them. A server that does not take one
 * is asked again after 10 s, 20 s, and so on up to half an hour. Callable from any thread; the work is done on a worker.
 */
public final class UploadQueue {
    private static final Logger LOG = LoggerFactory.getLogger(UploadQueue.class);
    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE = 10 * Ticker.SECOND;
    private static final long LONGEST_PAUSE = 1800 * Ticker.SECOND;
    /** Before a record that is sealed. */
    private static final byte WAITS = 'S';
    /** As the records were before they were sealed. */
    private static final byte WAITS_PLAIN = 'W';
    private static final byte DONE = 'D';

    private final List<RecordingUploader> uploaders;
    private final BiConsumer<Long, Runnable> timer;
    private final Supplier<String> ids;
    private final Consumer<RecordingEvent> listener;
    private final SerialExecutor hands;
    private final Published<List<Path>> waiting = new Published<>(List.of());

    // Confined to the tasks of the executor.
    private final Map<String, Upload> queue = new LinkedHashMap<>();
    private Optional<Store> store = Optional.empty();
    private boolean closed;

    /**
     * Makes a queue that nothing is in.
     *
     * @param timer runs something after so many nanoseconds
     * @param ids makes unique texts
     * @param listener hears what becomes of files, on a worker
     */
    public UploadQueue(List<RecordingUploader> uploaders, Executor workers, BiConsumer<Long, Runnable> timer, Supplier<String> ids,
            Consumer<RecordingEvent> listener) {
        this.uploaders = List.copyOf(uploaders);
        this.timer = timer;
        this.ids = ids;
        this.listener = listener;
        this.hands = new SerialExecutor(workers);
    }

    /** Where the queue is kept. */
    private record Store(Journal journal, Vault vault) {
        byte[] record(Upload upload) throws IOException {
            return framed(WAITS, vault.seal(upload.bytes()));
        }

        void append(Upload upload) throws IOException {
            journal.append(record(upload));
        }

        void rewrite(Collection<Upload> uploads) throws IOException {
            List<byte[]> records = new ArrayList<>();
            for (Upload upload : uploads) {
                records.add(record(upload));
            }
            journal.rewrite(records);
        }
    }

    /** Keeps the queue in a journal from now on, and goes on with what is in it. */
    public void keepIn(Journal.Opened opened, Vault vault) {
        hands.execute(() -> {
            Store kept = new Store(opened.journal(), vault);
            store = Optional.of(kept);
            opened.records().forEach(record -> replay(record, vault));
            save(() -> kept.rewrite(queue.values()));
            show();
            List.copyOf(queue.keySet()).forEach(id -> hands.execute(() -> attempt(id)));
        });
    }

    private void replay(byte[] record, Vault vault) {
        byte[] rest = Arrays.copyOfRange(record, Math.min(1, record.length), record.length);
        byte kind = record.length == 0 ? 0 : record[0];
        if (kind == DONE) {
            queue.remove(new String(rest, StandardCharsets.UTF_8));
        } else if (kind == WAITS || kind == WAITS_PLAIN) {
            try {
                Upload.of(kind == WAITS ? vault.open(rest) : rest).ifPresent(upload -> queue.put(upload.id(), upload));
            } catch (IOException locked) {
                LOG.warn("An upload that waited is lost, because its record cannot be read: {}", locked.getMessage());
            }
        }
    }

    private static byte[] framed(byte kind, byte[] rest) {
        byte[] all = new byte[1 + rest.length];
        all[0] = kind;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** Tells whether something here serves a scheme. */
    public boolean serves(String scheme) {
        return uploader(scheme).isPresent();
    }

    private Optional<RecordingUploader> uploader(String scheme) {
        return uploaders.stream().filter(one -> one.schemes().contains(scheme.toLowerCase(Locale.ROOT))).findFirst();
    }

    /** Adds a file. */
    public void add(Path file, URI target, Retry retry, boolean keep) {
        Upload upload = new Upload(ids.get(), file.toAbsolutePath(), Upload.named(target, file), retry, 0, keep);
        hands.execute(() -> {
            keep(upload);
            attempt(upload.id());
        });
    }

    /** Returns the files in it now. */
    public List<Path> waiting() {
        return waiting.get();
    }

    private void keep(Upload upload) {
        queue.put(upload.id(), upload);
        store.ifPresent(kept -> save(() -> kept.append(upload)));
        show();
    }

    private void drop(Upload upload) {
        queue.remove(upload.id());
        store.ifPresent(kept -> save(() -> {
            kept.journal.append(framed(DONE, upload.id().getBytes(StandardCharsets.UTF_8)));
            if (queue.isEmpty()) {
                kept.rewrite(List.of());
            }
        }));
        show();
    }

    private void show() {
        List<Path> files = new ArrayList<>();
        queue.values().forEach(upload -> files.add(upload.file()));
        waiting.set(List.copyOf(files));
    }

    /** Something that the disk may refuse. */
    @FunctionalInterface
    private interface DiskWork {
        void run() throws IOException;
    }

    private static void save(DiskWork work) {
        try {
            work.run();
        } catch (IOException refused) {
            LOG.warn("The queue of uploads cannot be kept for a restart: {}", refused.getMessage());
        }
    }

    private void attempt(String id) {
        Upload upload = queue.get(id);
        if (upload == null || closed) {
            return;
        }
        listener.accept(new RecordingEvent.UploadStarted(upload.file(), upload.shown()));
        try {
            RecordingUploader server = uploader(String.valueOf(upload.target().getScheme()))
                    .orElseThrow(() -> new IOException("nothing here uploads by " + upload.target().getScheme()));
            if (!Files.exists(upload.file())) {
                drop(upload);
                listener.accept(failed(upload, "the file is gone", false));
                return;
            }
            server.upload(upload.file(), upload.target(), SERVER_TIMEOUT);
            drop(upload);
            if (!upload.keep()) {
                Files.deleteIfExists(upload.file());
            }
            listener.accept(new RecordingEvent.Uploaded(upload.file(), upload.shown()));
        } catch (IOException | RuntimeException | LinkageError refused) {
            refused(upload.tried(), String.valueOf(refused.getMessage()));
        }
    }

    private void refused(Upload upload, String why) {
        boolean again = upload.retry() == Retry.UNTIL_DONE || upload.retry() == Retry.ONCE && upload.attempts() < 2;
        if (again) {
            keep(upload);
            long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(20, upload.attempts() - 1));
            timer.accept(pause, () -> hands.execute(() -> attempt(upload.id())));
        } else {
            drop(upload);
        }
        LOG.warn("Uploading {} to {} failed{}: {}", upload.file(), upload.shown(), again ? ", it is tried again" : "", why);
        listener.accept(failed(upload, why, again));
    }

    private static RecordingEvent failed(Upload upload, String why, boolean again) {
        return new RecordingEvent.UploadFailed(upload.file(), upload.shown(),
                new Failure.LocalResource("Cannot upload " + upload.file() + " to " + upload.shown() + ": " + why + "."), again);
    }

    /** Begins nothing any more, and completes when the journal is closed. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        hands.execute(() -> {
            closed = true;
            store.ifPresent(kept -> save(kept.journal::close));
            store = Optional.empty();
            done.complete(null);
        });
        return done;
    }
}
