package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SerialExecutorTest {
    @Test
    void runsOneAtATimeInOrderOnManyThreads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            SerialExecutor serial = new SerialExecutor(pool);
            List<Integer> seen = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            IntStream.range(0, 10_000).forEach(i -> serial.execute(() -> seen.add(i)));
            serial.execute(done::countDown);
            assertTrue(done.await(10, TimeUnit.SECONDS));
            assertEquals(IntStream.range(0, 10_000).boxed().toList(), seen);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() {
        List<String> seen = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor(Runnable::run);
        serial.execute(() -> {
            throw new IllegalStateException("the test's own defect");
        });
        serial.execute(() -> {
            throw new AssertionError("the test's own defect");
        });
        serial.execute(() -> seen.add("next"));
        assertEquals(List.of("next"), seen);
    }

    @Test
    void aTaskQueuedByATaskRunsAfterIt() {
        List<String> seen = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor(Runnable::run);
        serial.execute(() -> {
            serial.execute(() -> seen.add("inner"));
            seen.add("outer");
        });
        assertEquals(List.of("outer", "inner"), seen);
    }

    @Test
    void borrowsOneThreadWhileItHasWork() {
        Queue<Runnable> borrowed = new ArrayDeque<>();
        SerialExecutor serial = new SerialExecutor(borrowed::add);
        List<Integer> seen = new ArrayList<>();
        serial.execute(() -> seen.add(1));
        serial.execute(() -> seen.add(2));
        assertEquals(1, borrowed.size());
        borrowed.poll().run();
        assertEquals(List.of(1, 2), seen);
        serial.execute(() -> seen.add(3));
        assertEquals(1, borrowed.size());
    }
}
