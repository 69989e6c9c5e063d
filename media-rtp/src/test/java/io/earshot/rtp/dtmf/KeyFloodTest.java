package io.earshot.rtp.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A peer that sends a thousand keys a second, ends lost and packets doubled: scenario 13. */
@Tag("rfc4733")
class KeyFloodTest {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final int KEYS = 10_000;
    private static final long EACH = Ticker.MILLISECOND;

    /** Plays the flood and returns the codes that were told, those taken at once or only at the end. */
    private static List<Integer> flood(TelephoneEventReceiver receiver, boolean polled) {
        Random random = new Random(13);
        List<Integer> told = new ArrayList<>();
        byte[] payload = new byte[TelephoneEvent.BYTES];
        for (int key = 0; key < KEYS; key++) {
            long now = key * EACH;
            TelephoneEvent.write(payload, 0, key % 16, false, 10, 8);
            receiver.receive(payload, 0, payload.length, 8 * 100 * key, now);
            int ends = random.nextInt(3); // a third of the ends never come, a third come twice
            for (int i = 0; i < ends; i++) {
                TelephoneEvent.write(payload, 0, key % 16, true, 10, 320);
                receiver.receive(payload, 0, payload.length, 8 * 100 * key, now);
            }
            receiver.expire(now);
            if (polled) {
                receiver.poll().ifPresent(event -> told.add(event.event()));
            }
        }
        receiver.expire(receiver.deadline() == TelephoneEventReceiver.NEVER ? 0 : receiver.deadline());
        for (Optional<ReceivedEvent> event = receiver.poll(); event.isPresent(); event = receiver.poll()) {
            told.add(event.get().event());
        }
        return told;
    }

    @Test
    void everyKeyIsToldOnceAndInOrder() {
        List<Integer> told = flood(new TelephoneEventReceiver(8000), true);
        told("scenario 13, %d keys at 1,000 a second, a third of the ends lost, a third doubled: %d told", KEYS,
            told.size());
        assertEquals(KEYS, told.size());
        for (int key = 0; key < KEYS; key++) {
            assertEquals(key % 16, told.get(key));
        }
    }

    @Test
    void aQueueThatNobodyEmptiesKeepsTheFirstKeysAndNoMore() {
        List<Integer> told = flood(new TelephoneEventReceiver(8000), false);
        assertEquals(64, told.size());
        assertEquals(List.of(0, 1, 2, 3), told.subList(0, 4));
    }

    @Test
    void aKeyWhoseEndsAreAllLostIsOverWithinASecond() {
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
        byte[] payload = new byte[TelephoneEvent.BYTES];
        TelephoneEvent.write(payload, 0, 7, false, 10, 160);
        receiver.receive(payload, 0, payload.length, 0, 0);
        told("scenario 13, all ends lost: over after %d ms", receiver.deadline() / Ticker.MILLISECOND);
        assertTrue(receiver.deadline() <= Ticker.SECOND);
        receiver.expire(Ticker.SECOND);
        assertEquals(7, receiver.poll().orElseThrow().event());
    }
}
