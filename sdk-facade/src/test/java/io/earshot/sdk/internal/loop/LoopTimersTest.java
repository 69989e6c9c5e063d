package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTimersTest {
    private final LoopTimers timers = new LoopTimers();
    private final List<String> ran = new ArrayList<>();

    private IoLoop.Scheduled at(long deadline, String name) {
        return timers.at(deadline, () -> ran.add(name));
    }

    private void run(long now) {
        timers.takeDue(now).forEach(Runnable::run);
    }

    @Test
    void runsWhatIsDueInTheOrderOfTimeAndOfArrival() {
        at(20, "c");
        at(10, "a");
        at(10, "b");
        at(21, "d");
        assertEquals(10, timers.deadline());
        run(20);
        assertEquals(List.of("a", "b", "c"), ran);
        assertEquals(21, timers.deadline());
        run(20);
        assertEquals(3, ran.size());
    }

    @Test
    void whatIsCalledOffDoesNotRunEvenByOneThatIsDueWithIt() {
        IoLoop.Scheduled late = at(30, "late");
        late.cancel();
        IoLoop.Scheduled[] second = new IoLoop.Scheduled[1];
        timers.at(10, () -> second[0].cancel());
        second[0] = at(11, "second");
        run(100);
        assertEquals(List.of(), ran);
        assertEquals(Ticker.NEVER, timers.deadline());
    }

    @Test
    void whatADueTaskAddsWaitsForTheNextTurn() {
        timers.at(10, () -> at(10, "again"));
        run(10);
        assertEquals(List.of(), ran);
        run(10);
        assertEquals(List.of("again"), ran);
    }

    @Test
    void theLoopWakesForItsTimersOnItsOwnThread() throws Exception {
        Ticker ticker = Ticker.system();
        try (EventLoop loop = new EventLoop("earshot-timers", ticker, Runnable::run, new EventLoop.Agent() {
            @Override
            public long onTurn(long now) {
                return Ticker.NEVER;
            }

            @Override
            public void onClose() {
                ran.clear();
            }
        }).start()) {
            CompletableFuture<Boolean> own = new CompletableFuture<>();
            long start = ticker.now();
            loop.execute(() -> loop.schedule(30 * Ticker.MILLISECOND, () -> own.complete(loop.isCurrent())));
            assertTrue(own.get(10, TimeUnit.SECONDS));
            assertTrue(ticker.now() - start >= 30 * Ticker.MILLISECOND);
        }
    }
}
