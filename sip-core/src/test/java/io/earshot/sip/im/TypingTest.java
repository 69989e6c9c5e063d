package io.earshot.sip.im;

import static io.earshot.api.time.Ticker.NEVER;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3994")
class TypingTest {
    private final TypingSender sender = new TypingSender();
    private final TypingReceiver receiver = new TypingReceiver();

    private static Optional<Boolean> state(Optional<IsComposing> said) {
        return said.map(IsComposing::active);
    }

    @Test
    void weSayItOnceAndIdleAfterFifteenQuietSeconds() {
        assertEquals(Optional.of(true), state(sender.typed(0)));
        assertEquals(Optional.empty(), sender.typed(10 * SECOND));
        assertEquals(25 * SECOND, sender.deadline());
        assertEquals(Optional.empty(), sender.onTime(24 * SECOND));
        assertEquals(Optional.of(false), state(sender.onTime(25 * SECOND)));
        assertEquals(NEVER, sender.deadline());
        assertEquals(Optional.of(true), state(sender.typed(30 * SECOND)));
    }

    @Test
    void whoGoesOnWritingIsRefreshed() {
        sender.typed(0);
        int said = 0;
        for (int second = 1; second <= 200; second++) {
            sender.typed(second * SECOND);
            said += state(sender.onTime(second * SECOND)).equals(Optional.of(true)) ? 1 : 0;
        }
        assertEquals(2, said);
    }

    @Test
    void theMessageItselfEndsTheWriting() {
        sender.typed(0);
        sender.sent();
        assertEquals(NEVER, sender.deadline());
        assertEquals(Optional.empty(), sender.stopped());
    }

    @Test
    void thePeersWritingEndsByItsWordByAMessageAndByTime() {
        IsComposing active = new IsComposing(true, "", OptionalInt.of(60));
        assertTrue(receiver.on(active, 0));
        assertFalse(receiver.on(active, SECOND));
        assertTrue(receiver.onMessage());
        assertFalse(receiver.onMessage());
        assertTrue(receiver.on(active, 0));
        assertEquals(60 * SECOND, receiver.deadline());
        assertFalse(receiver.onTime(59 * SECOND));
        assertTrue(receiver.onTime(60 * SECOND));
        assertTrue(receiver.on(new IsComposing(true, "", OptionalInt.empty()), 0));
        assertEquals(120 * SECOND, receiver.deadline());
        assertTrue(receiver.on(new IsComposing(false, "", OptionalInt.empty()), SECOND));
        assertEquals(NEVER, receiver.deadline());
        assertFalse(receiver.isActive());
    }
}
