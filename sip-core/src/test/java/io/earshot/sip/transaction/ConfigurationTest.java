package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class ConfigurationTest {
    private static final long S = Ticker.SECOND;

    @Test
    void theDefaultsAreThoseOfTable4() {
        Timers t = Timers.DEFAULT;
        assertEquals(500 * Ticker.MILLISECOND, t.t1());
        assertEquals(4 * S, t.t2());
        assertEquals(5 * S, t.t4());
        for (long value : new long[] {t.b(), t.d(), t.f(), t.h(), t.j(), t.l(), t.m()}) {
            assertEquals(32 * S, value);
        }
        assertEquals(5 * S, t.i());
        assertEquals(5 * S, t.k());
        assertEquals(3_500 * Ticker.MILLISECOND, t.lateTrying());
    }

    @Test
    void refusesTimersThatCannotWork() {
        for (long[] bad : new long[][] {{0, S, S}, {-1, S, S}, {2 * S, S, S}, {S, 4 * S, 0}, {100_000 * S, 100_000 * S, S}}) {
            assertThrows(IllegalArgumentException.class, () -> new Timers(bad[0], bad[1], bad[2]));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> new Timers(S, 4 * S, 5 * S, -1, S)).getMessage();
        assertTrue(message.contains("trying") && message.contains("-1"), message);
        assertThrows(IllegalArgumentException.class, () -> new Timers(S, 4 * S, 5 * S, 0, 0));
    }

    @Test
    void aLateTryingComesBeforeTheClientGivesUpHoweverTheTimersAre() {
        Timers odd = new Timers(1, 86_400 * S, 1);
        assertTrue(odd.lateTrying() < odd.f());
    }

    @Test
    void refusesLimitsThatCannotWork() {
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(0, 0, 1, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(10, 10, 1, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(10, -1, 1, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(10, 0, -1, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(10, 0, 1, -1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(10, 0, 1, 1, -1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new TransactionLimits(10, 0, 1, 1, 1, -1, true));
    }

    @Test
    void refusesASentByPortOutOfRange() {
        Hop good = LayerScript.UDP_HOP;
        for (int port : new int[] {0, -2, 65_536}) {
            assertThrows(IllegalArgumentException.class,
                () -> new Hop("UDP", false, good.peer(), "x", good.flow(), "192.0.2.9", port));
        }
    }
}
