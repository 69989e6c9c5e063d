package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalCodecMemoryTest {
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private FinalCodecMemory memory(Path folder) {
        return new FinalCodecMemory(Optional.of(folder), Runnable::run, () -> now);
    }

    private List<String> read(Path folder) {
        try (FinalCodecMemory memory = memory(folder)) {
            return memory.servers();
        }
    }

    @Test
    void whatWasKeptIsThereInTheOrderInWhichItCameLast(@TempDir Path folder) {
        try (FinalCodecMemory memory = memory(folder)) {
            assertEquals(List.of(), memory.servers());
            memory.keep("a:5060");
            memory.keep("b:5060");
            memory.keep("a:5060");
        }
        assertEquals(List.of("b:5060", "a:5060"), read(folder));
    }

    @Test
    void whoHasNothingToKeepMakesNoFileAndWhoHasNoFolderKeepsNothing(@TempDir Path folder) {
        assertEquals(List.of(), read(folder));
        assertFalse(Files.exists(folder.resolve("final-codecs")));
        try (FinalCodecMemory memory = new FinalCodecMemory(Optional.empty(), Runnable::run, () -> now)) {
            memory.keep("a:5060");
            assertEquals(List.of(), memory.servers());
        }
    }

    @Test
    void whatIsOldIsForgotten(@TempDir Path folder) {
        try (FinalCodecMemory memory = memory(folder)) {
            memory.keep("a:5060");
        }
        now = now.plus(Duration.ofDays(FinalCodecMemory.DAYS));
        assertEquals(List.of("a:5060"), read(folder));
        now = now.plus(Duration.ofDays(1));
        assertEquals(List.of(), read(folder));
        try (FinalCodecMemory memory = memory(folder)) {
            memory.keep("b:5060");
        }
        now = now.minus(Duration.ofDays(1));
        assertEquals(List.of("b:5060"), read(folder), "it has left the file, too");
    }

    @Test
    void ofManyTheLatestAreKept(@TempDir Path folder) {
        try (FinalCodecMemory memory = memory(folder)) {
            IntStream.range(0, 260).forEach(i -> memory.keep("s" + i + ":5060"));
        }
        assertEquals(IntStream.range(4, 260).mapToObj(i -> "s" + i + ":5060").toList(), read(folder));
    }

    @Test
    void closingWaitsForWhatIsBeingKept(@TempDir Path folder) throws InterruptedException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        FinalCodecMemory memory = new FinalCodecMemory(Optional.of(folder), tasks::add, () -> now);
        memory.keep("a:5060");
        CompletableFuture<Void> closed = CompletableFuture.runAsync(memory::close, task -> new Thread(task).start());
        assertFalse(closed.isDone());
        tasks.remove().run();
        closed.join();
        assertEquals(List.of("a:5060"), read(folder));
    }
}
