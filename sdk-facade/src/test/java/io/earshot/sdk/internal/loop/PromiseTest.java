package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PromiseTest {
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final Promise<String> promise = new Promise<>(callbacks::add);

    @Test
    void aWaitEndsBeforeTheCallbacksRun() {
        CompletableFuture<String> future = promise.future();
        promise.complete("done");
        assertEquals("done", promise.await());
        assertFalse(future.isDone());
        callbacks.poll().run();
        assertEquals("done", future.join());
    }

    @Test
    void onlyTheFirstDecisionCounts() {
        promise.fail(new Failure.Cancelled("first"));
        promise.complete("second");
        promise.fail(new Failure.Cancelled("third"));
        assertTrue(promise.isDecided());
        assertEquals(1, callbacks.size());
        assertEquals("first", assertThrows(VoipException.class, promise::await).getMessage());
        callbacks.poll().run();
        ExecutionException failed = assertThrows(ExecutionException.class, () -> promise.future().get());
        assertInstanceOf(VoipException.class, failed.getCause());
    }

    @Test
    void eachWaiterGetsAnExceptionOfItsOwn() {
        promise.fail(new Failure.Cancelled("once"));
        VoipException first = assertThrows(VoipException.class, promise::await);
        VoipException second = assertThrows(VoipException.class, promise::await);
        assertFalse(first == second);
    }

    @Test
    void whatTheProgramDoesToItsFutureHasNoEffect() {
        promise.future().cancel(true);
        promise.future().complete("theirs");
        promise.complete("ours");
        assertEquals("ours", promise.await());
        callbacks.poll().run();
        assertEquals("ours", promise.future().join());
    }

    @Test
    void anInterruptedWaitSaysSoAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        VoipException stopped = assertThrows(VoipException.class, promise::await);
        assertEquals("Interrupted while waiting.", stopped.getMessage());
        assertTrue(Thread.interrupted());
    }
}
