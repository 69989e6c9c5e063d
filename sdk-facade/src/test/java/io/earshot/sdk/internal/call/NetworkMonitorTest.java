package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkMonitorTest {
    private static final long INTERVAL = 2 * Ticker.SECOND;

    private Set<String> addresses = Set.of("192.0.2.1");
    private int looks;
    private int changes;
    private long now;
    private long wallMillis = 1_000_000;
    private final NetworkMonitor monitor = monitor(INTERVAL);

    private NetworkMonitor monitor(long interval) {
        return new NetworkMonitor(interval, () -> {
            looks++;
            return addresses;
        }, Runnable::run, Runnable::run, () -> Instant.ofEpochMilli(wallMillis), () -> changes++);
    }

    private void pass(long time, long wall) {
        now += time;
        wallMillis += wall / Ticker.MILLISECOND;
        monitor.onTime(now);
    }

    private void tick() {
        pass(INTERVAL, INTERVAL);
    }

    @Test
    void whatIsThereAtTheStartIsNoChange() {
        tick();
        tick();
        assertEquals(0, changes);
        assertEquals(2, looks);
        assertEquals(List.of("192.0.2.1"), monitor.addresses());
        assertTrue(monitor.isOnline());
    }

    @Test
    void aCheckBeforeTheFirstLookIsToldToo() {
        monitor.check();
        tick();
        tick();
        assertEquals(1, changes);
    }

    @Test
    void eachChangeIsToldOnce() {
        tick();
        addresses = Set.of();
        tick();
        assertEquals(1, changes);
        assertFalse(monitor.isOnline());
        tick();
        assertEquals(1, changes);
        addresses = Set.of("198.51.100.7");
        tick();
        assertEquals(2, changes);
        assertTrue(monitor.isOnline());
    }

    @Test
    void itLooksNoMoreOftenThanItShould() {
        tick();
        for (int i = 0; i < 19; i++) {
            pass(INTERVAL / 20, INTERVAL / 20);
        }
        assertEquals(1, looks);
    }

    @Test
    void aMachineThatSleptHasChangedWhateverItsAddressesAre() {
        tick();
        pass(INTERVAL, 3600 * Ticker.SECOND);
        assertEquals(1, changes);
        tick();
        assertEquals(1, changes);
    }

    @Test
    void aClockThatIsSetALittleIsNoSleep() {
        tick();
        pass(INTERVAL, 4 * Ticker.SECOND);
        pass(INTERVAL, -3600 * Ticker.SECOND);
        assertEquals(0, changes);
    }

    @Test
    void aCheckThatIsAskedForTellsAtTheNextTurnEvenWithoutNews() {
        tick();
        monitor.check();
        pass(1, 1);
        assertEquals(1, changes);
    }

    @Test
    void withoutAnIntervalItLooksAtTheStartAndWhenAsked() {
        NetworkMonitor idle = monitor(Ticker.NEVER);
        idle.onTime(0);
        assertEquals(1, looks);
        assertEquals(Ticker.NEVER, idle.onTime(3600 * Ticker.SECOND));
        assertEquals(1, looks);
        idle.check();
        idle.onTime(3601 * Ticker.SECOND);
        assertEquals(2, looks);
        assertEquals(1, changes);
    }
}
