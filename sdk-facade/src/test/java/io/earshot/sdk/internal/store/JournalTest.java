package io.earshot.sdk.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sdk.internal.store.Journal.Sync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(Journal.Opened opened) {
        return opened.records().stream().map(record -> new String(record, StandardCharsets.UTF_8)).toList();
    }

    private List<String> read(Path file) throws IOException {
        Journal.Opened opened = Journal.open(file, Sync.NEVER);
        opened.journal().close();
        return texts(opened);
    }

    private byte[] written(Path file, String... records) throws IOException {
        try (Journal journal = Journal.open(file, Sync.EACH).journal()) {
            for (String record : records) {
                journal.append(bytes(record));
            }
        }
        return Files.readAllBytes(file);
    }

    @Test
    void whereverTheEndIsTornEverythingBeforeIsThereAndMoreCanBeWritten() throws IOException {
        List<String> all = List.of("one", "", "three and some", "4");
        byte[] whole = written(folder.resolve("whole"), all.toArray(String[]::new));
        int before = 0;
        for (int length = 0; length <= whole.length; length++) {
            Path torn = folder.resolve("torn");
            Files.write(torn, Arrays.copyOf(whole, length));
            List<String> left = new ArrayList<>();
            try (Journal journal = journal(torn, left)) {
                assertEquals(all.subList(0, left.size()), left, "at " + length);
                assertTrue(left.size() >= before, "at " + length);
                before = left.size();
                journal.append(bytes("after"));
            }
            left.add("after");
            assertEquals(left, read(torn), "at " + length);
        }
        assertEquals(all.size(), before);
    }

    private static Journal journal(Path file, List<String> into) throws IOException {
        Journal.Opened opened = Journal.open(file, Sync.NEVER);
        into.addAll(texts(opened));
        return opened.journal();
    }

    @Test
    void aDamagedByteNeverMakesARecordThatWasNotWritten() throws IOException {
        List<String> all = List.of("first record", "second record", "third record");
        byte[] whole = written(folder.resolve("whole"), all.toArray(String[]::new));
        SplittableRandom chance = new SplittableRandom(1);
        for (int at = 8; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 + chance.nextInt(255));
            Path file = folder.resolve("damaged");
            Files.write(file, damaged);
            List<String> left = read(file);
            assertEquals(all.subList(0, left.size()), left, "at " + at);
            assertTrue(left.size() < 3, "at " + at);
        }
    }

    @Test
    void zerosAtTheEndAreNoRecords() throws IOException {
        byte[] whole = written(folder.resolve("zeros"), "one");
        Files.write(folder.resolve("zeros"), Arrays.copyOf(whole, whole.length + 4096));
        assertEquals(List.of("one"), read(folder.resolve("zeros")));
    }

    @Test
    void rewritingKeepsWhatIsSaidAndGoesOn() throws IOException {
        Path file = folder.resolve("j");
        try (Journal journal = Journal.open(file, Sync.EACH).journal()) {
            for (int i = 0; i < 100; i++) {
                journal.append(bytes("record " + i));
            }
            long before = journal.size();
            journal.rewrite(List.of(bytes("kept")));
            assertTrue(journal.size() < before);
            journal.append(bytes("more"));
        }
        assertEquals(List.of("kept", "more"), read(file));
    }

    @Test
    void oneUserAtATime() throws IOException {
        Path file = folder.resolve("j");
        try (Journal journal = Journal.open(file, Sync.NEVER).journal()) {
            IOException taken = assertThrows(IOException.class, () -> Journal.open(file, Sync.NEVER));
            assertEquals(file + " is in use by another phone", taken.getMessage());
            assertEquals(8, journal.size());
        }
        assertEquals(List.of(), read(file));
    }

    @Test
    void whatIsNoJournalIsKeptAside() throws IOException {
        Path file = folder.resolve("j");
        Files.writeString(file, "something else entirely");
        assertEquals(List.of(), read(file));
        assertEquals("something else entirely", Files.readString(folder.resolve("j.unreadable")));
    }
}
