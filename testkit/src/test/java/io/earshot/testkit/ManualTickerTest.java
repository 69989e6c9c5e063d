package io.earshot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualTickerTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void standsStillUntilToldToMove() {
        assertEquals(0, ticker.now());
        ticker.advance(Duration.ofMillis(20));
        assertEquals(20_000_000, ticker.now());
        ticker.advanceTo(30_000_000);
        assertEquals(30_000_000, ticker.now());
    }

    @Test
    void neverGoesBack() {
        ticker.advanceTo(10);
        assertThrows(IllegalArgumentException.class, () -> ticker.advanceTo(9));
        assertThrows(IllegalArgumentException.class, () -> ticker.advance(Duration.ofNanos(-1)));
    }
}
