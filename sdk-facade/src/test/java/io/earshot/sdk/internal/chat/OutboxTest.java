package io.earshot.sdk.internal.chat;

import static io.earshot.api.time.Ticker.NEVER;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.chat.OutgoingMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private final Outbox outbox = new Outbox(10);

    private static OutboxEntry entry(String id, String peer) {
        return new OutboxEntry(id, "sip:me@x", peer, OutgoingMessage.of("text " + id), 1_000);
    }

    private Optional<String> next(long now) {
        return outbox.next(account -> true, now).map(OutboxEntry::id);
    }

    @Test
    void oneAtATimeToEachPeerInOrder() {
        outbox.add(entry("1", "a"), false, 0);
        outbox.add(entry("2", "a"), false, 0);
        outbox.add(entry("3", "b"), false, 0);
        assertEquals(Optional.of("1"), next(0));
        assertEquals(Optional.of("3"), next(0));
        assertEquals(Optional.empty(), next(0));
        outbox.remove(entry("1", "a"), 0);
        assertEquals(Optional.of("2"), next(0));
    }

    @Test
    void aPeerThatIsAwayIsTriedAgainWithLongerAndLongerWaits() {
        OutboxEntry one = entry("1", "a");
        outbox.add(one, false, 0);
        outbox.add(entry("2", "a"), false, 0);
        long now = 0;
        long wait = 30 * SECOND;
        for (int i = 0; i < 20; i++) {
            assertEquals(Optional.of("1"), next(now));
            List<String> told = outbox.postpone(one, now).stream().map(OutboxEntry::id).toList();
            assertEquals(i == 0 ? List.of("1", "2") : List.of(), told);
            assertEquals(now + wait, outbox.deadline(account -> true));
            assertEquals(Optional.empty(), next(now + wait - 1));
            now += wait;
            wait = Math.min(900 * SECOND, 2 * wait);
        }
    }

    @Test
    void whoComesBackIsTriedAtOnce() {
        OutboxEntry one = entry("1", "a");
        outbox.add(one, false, 0);
        next(0);
        outbox.postpone(one, 0);
        outbox.wake("sip:me@x", Optional.of("b"), SECOND);
        assertEquals(Optional.empty(), next(SECOND));
        outbox.wake("sip:me@x", Optional.of("a"), SECOND);
        assertEquals(Optional.of("1"), next(SECOND));
        assertEquals(NEVER, outbox.deadline(account -> true));
        outbox.postpone(one, SECOND);
        outbox.add(entry("2", "a"), false, 2 * SECOND);
        assertEquals(Optional.of("1"), next(2 * SECOND));
    }

    @Test
    void noMessageTwiceAndNotTooMany() {
        assertTrue(outbox.add(entry("0", "a"), false, 0));
        assertFalse(outbox.add(entry("0", "a"), false, 0));
        for (int i = 1; i < 10; i++) {
            assertTrue(outbox.add(entry(String.valueOf(i), "a"), false, 0));
        }
        assertTrue(outbox.isFull());
        assertFalse(outbox.add(entry("10", "a"), false, 0));
    }

    @Test
    void anAccountThatIsNotThereIsWaitedFor() {
        outbox.add(entry("1", "a"), true, 0);
        assertEquals(Optional.empty(), outbox.next(account -> false, 0));
        assertEquals(NEVER, outbox.deadline(account -> false));
        assertEquals(List.of("1"), outbox.waiting("sip:me@x").stream().map(OutboxEntry::id).toList());
    }

    @Test
    void whatIsTooOldIsGivenUpUnlessItIsBeingSent() {
        outbox.add(entry("1", "a"), false, 0);
        long end = 1_000 + Duration.ofDays(1).toMillis();
        assertEquals(end, outbox.firstExpiry());
        assertEquals(List.of(), outbox.expired(end - 1));
        next(0);
        assertEquals(List.of(), outbox.expired(end));
        outbox.postpone(entry("1", "a"), 0);
        assertEquals(1, outbox.expired(end).size());
        assertTrue(outbox.remove(entry("1", "a"), 0));
        assertEquals(Long.MAX_VALUE, outbox.firstExpiry());
    }

    @Test
    void theDiskHasWhatWaitsWhereverItWasTorn(@TempDir Path folder) throws IOException {
        OutgoingMessage message = OutgoingMessage.of("Grüße").withReports(OutgoingMessage.Report.DISPLAYED).withHeader("X-A", "b")
                .withLife(Duration.ofHours(2)).withContentType("text/html");
        OutboxEntry one = new OutboxEntry("1", "sip:me@x", "sip:a@x", message, 7);
        try (OutboxStore store = OutboxStore.open(folder)) {
            store.add(one);
            store.add(entry("2", "a"));
            store.remove("2");
            store.add(entry("3", "a"));
        }
        Path file = folder.resolve("messages.journal");
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length; length >= 8; length--) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (OutboxStore store = OutboxStore.open(folder)) {
                List<OutboxEntry> left = store.entries();
                assertTrue(left.isEmpty() || left.get(0).equals(one), "at " + length);
                assertTrue(length < whole.length || left.size() == 2, "at " + length);
            }
        }
    }

    @Test
    void theFileDoesNotGrowForEver(@TempDir Path folder) throws IOException {
        try (OutboxStore store = OutboxStore.open(folder)) {
            OutgoingMessage large = OutgoingMessage.of("x".repeat(20_000));
            for (int i = 0; i < 100; i++) {
                store.add(new OutboxEntry("id" + i, "sip:me@x", "sip:a@x", large, 1));
                store.remove("id" + i);
            }
        }
        assertTrue(Files.size(folder.resolve("messages.journal")) < 300_000);
    }
}
