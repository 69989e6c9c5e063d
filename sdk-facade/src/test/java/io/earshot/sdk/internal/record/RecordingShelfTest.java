package io.earshot.sdk.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sdk.internal.store.ValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingShelfTest {
    @TempDir
    private Path folder;

    private ValueStore store() throws IOException {
        return ValueStore.open(folder.resolve("recordings.journal"));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "x");
    }

    @Test
    void aNewProgramDeletesWhatTheOldOneRecorded() throws IOException {
        Path gone = file("gone.wav");
        Path old = file("old.wav");
        try (RecordingShelf first = new RecordingShelf()) {
            first.keepIn(store());
            first.add(List.of(old, gone));
        }
        Files.delete(gone);
        Path other = file("somebody-else's.wav");
        try (RecordingShelf next = new RecordingShelf()) {
            assertEquals(Optional.of(old), next.keepIn(store()));
            Path growing = file("growing.wav");
            next.add(List.of(growing));
            assertEquals(1, next.deleteAllBut(Set.of(growing)));
            assertFalse(Files.exists(old));
            assertTrue(Files.exists(growing) && Files.exists(other));
        }
        try (RecordingShelf last = new RecordingShelf()) {
            last.keepIn(store());
            assertEquals(1, last.deleteAllBut(Set.of()));
            assertEquals(0, last.deleteAllBut(Set.of()));
        }
    }

    @Test
    void withoutAStoreItKnowsThisProgramsOnly() throws IOException {
        Path file = file("a.wav");
        try (RecordingShelf shelf = new RecordingShelf()) {
            shelf.add(List.of(file));
        }
        try (RecordingShelf next = new RecordingShelf()) {
            assertEquals(0, next.deleteAllBut(Set.of()));
        }
        assertTrue(Files.exists(file));
    }
}
