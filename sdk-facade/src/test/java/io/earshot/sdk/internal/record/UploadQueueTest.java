package io.earshot.sdk.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.RecordingEvent;
import io.earshot.api.audio.RecordingPolicy.Retry;
import io.earshot.api.audio.spi.RecordingUploader;
import io.earshot.sdk.internal.store.Journal;
import io.earshot.sdk.internal.store.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue on the test's own thread and time. */
class UploadQueueTest {
    private static final URI TARGET = URI.create("mem://user:pw@server/FILENAME");

    @TempDir
    private Path folder;
    private final List<String> told = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final Queue<Runnable> timers = new ArrayDeque<>();
    private final List<URI> taken = new ArrayList<>();
    private int refusals;
    private int ids;

    private UploadQueue queue() {
        RecordingUploader server = new RecordingUploader() {
            @Override
            public Set<String> schemes() {
                return Set.of("mem");
            }

            @Override
            public void upload(Path file, URI target, Duration timeout) throws IOException {
                if (refusals > 0) {
                    refusals--;
                    throw new IOException("busy");
                }
                taken.add(target);
            }
        };
        return new UploadQueue(List.of(server), Runnable::run, (nanos, task) -> {
            pauses.add(nanos / 1_000_000_000);
            timers.add(task);
        }, () -> "id" + ids++, event -> told.add(text(event)));
    }

    private static String text(RecordingEvent event) {
        return event instanceof RecordingEvent.UploadFailed failed ? failed.again() + " " + failed.failure().sentence()
                : event.getClass().getSimpleName();
    }

    private Path file() throws IOException {
        Path file = folder.resolve("a.wav");
        return Files.exists(file) ? file : Files.writeString(file, "x");
    }

    private Journal.Opened journal() throws IOException {
        return Journal.open(folder.resolve("uploads.journal"), Journal.Sync.NEVER);
    }

    private Vault vault() throws IOException {
        return Vault.of(folder);
    }

    @Test
    void theJournalHasNoPasswordInIt() throws IOException {
        refusals = 1;
        UploadQueue queue = queue();
        queue.keepIn(journal(), vault());
        queue.add(file(), URI.create("mem://user:geheim@server/FILENAME"), Retry.UNTIL_DONE, true);
        queue.close();
        String bytes = Files.readString(folder.resolve("uploads.journal"), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.length() > 100, "something waits in it");
        assertFalse(bytes.contains("geheim"), bytes);
        UploadQueue next = queue();
        next.keepIn(journal(), vault());
        assertEquals(List.of(URI.create("mem://user:geheim@server/a.wav")), taken);
    }

    @Test
    void aJournalOfBeforeIsReadAndSealed() throws IOException {
        refusals = 1;
        try (Journal old = journal().journal()) {
            old.append(("Wid9\n" + file() + "\nmem://user:geheim@server/a.wav\nUNTIL_DONE\n1\ntrue").getBytes(StandardCharsets.UTF_8));
        }
        UploadQueue queue = queue();
        queue.keepIn(journal(), vault());
        assertEquals(List.of(file()), queue.waiting());
        assertFalse(Files.readString(folder.resolve("uploads.journal"), StandardCharsets.ISO_8859_1).contains("geheim"));
    }

    @Test
    void withAnotherKeyTheQueueIsEmptyAndWorks() throws IOException {
        refusals = 1;
        UploadQueue queue = queue();
        queue.keepIn(journal(), vault());
        queue.add(file(), TARGET, Retry.UNTIL_DONE, true);
        queue.close();
        Files.delete(folder.resolve("earshot.key"));
        UploadQueue next = queue();
        next.keepIn(journal(), vault());
        assertEquals(List.of(), next.waiting());
        next.add(file(), TARGET, Retry.UNTIL_DONE, true);
        assertEquals(1, taken.size());
    }

    @Test
    void aRefusedFileIsTriedEverLessOften() throws IOException {
        refusals = 10;
        UploadQueue queue = queue();
        queue.add(file(), TARGET, Retry.UNTIL_DONE, false);
        for (int i = 0; i < 9; i++) {
            timers.remove().run();
        }
        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 1800L, 1800L), pauses);
        assertEquals(List.of(file()), queue.waiting());
        timers.remove().run();
        assertEquals(List.of(URI.create("mem://user:pw@server/a.wav")), taken);
        assertEquals(List.of(), queue.waiting());
        assertFalse(Files.exists(folder.resolve("a.wav")), "not kept");
        assertEquals("true Cannot upload " + folder.resolve("a.wav") + " to mem://user@server/a.wav: busy.", told.get(1));
        assertEquals("Uploaded", told.get(told.size() - 1));
    }

    @Test
    void onceAndNeverGiveUp() throws IOException {
        refusals = 5;
        UploadQueue queue = queue();
        queue.add(file(), TARGET, Retry.NEVER, true);
        assertEquals(List.of(), queue.waiting());
        queue.add(file(), TARGET, Retry.ONCE, true);
        timers.remove().run();
        assertTrue(timers.isEmpty());
        assertEquals(List.of(), queue.waiting());
        assertEquals(2, refusals);
        assertTrue(Files.exists(file()));
        assertFalse(queue.serves("ftp"));
    }

    @Test
    void aNewProgramGoesOnWhereTheOldOneEnded() throws IOException {
        refusals = 1;
        UploadQueue first = queue();
        first.keepIn(journal(), vault());
        first.add(file(), TARGET, Retry.UNTIL_DONE, true);
        Path second = Files.writeString(folder.resolve("b.wav"), "y");
        first.add(second, TARGET, Retry.UNTIL_DONE, true);
        assertEquals(1, taken.size(), "the second went through");
        first.close();
        timers.remove().run();
        assertEquals(1, taken.size(), "a closed queue does nothing");
        UploadQueue next = queue();
        next.keepIn(journal(), vault());
        assertEquals(List.of("/b.wav", "/a.wav"), taken.stream().map(URI::getPath).toList());
        next.close();
        UploadQueue last = queue();
        last.keepIn(journal(), vault());
        assertEquals(2, taken.size());
        last.close();
    }

    @Test
    void aFileThatIsGoneIsForgotten() throws IOException {
        UploadQueue queue = queue();
        queue.add(folder.resolve("gone.wav"), TARGET, Retry.UNTIL_DONE, true);
        assertEquals(List.of(), queue.waiting());
        assertTrue(told.get(1).startsWith("false ") && told.get(1).endsWith("the file is gone."), told.toString());
    }
}
