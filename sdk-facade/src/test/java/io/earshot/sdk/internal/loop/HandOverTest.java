package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private static void await(CountDownLatch done) throws InterruptedException {
        assertTrue(done.await(60, TimeUnit.SECONDS));
    }

    @Test
    void eachTaskIsDoneOnceByAnother() throws InterruptedException {
        int tasks = 20_000;
        CountDownLatch done = new CountDownLatch(tasks);
        AtomicInteger ran = new AtomicInteger();
        Thread loop = Thread.currentThread();
        AtomicInteger onLoop = new AtomicInteger();
        try (HandOver over = new HandOver("test-disk", Runnable::run, () -> true)) {
            Runnable task = () -> {
                onLoop.addAndGet(Thread.currentThread() == loop ? 1 : 0);
                ran.incrementAndGet();
                done.countDown();
            };
            for (int i = 0; i < tasks; i++) {
                over.execute(task);
                if (i % 500 == 0) {
                    Thread.yield();
                }
            }
            await(done);
        }
        assertEquals(tasks, ran.get());
        assertTrue(onLoop.get() < tasks, "those for which there was room went to the other thread");
    }

    @Test
    void whatFindsNoRoomGoesStraightToTheWorkers() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1025);
        AtomicInteger straight = new AtomicInteger();
        Thread loop = Thread.currentThread();
        Executor workers = task -> {
            straight.addAndGet(Thread.currentThread() == loop ? 1 : 0);
            task.run();
        };
        try (HandOver over = new HandOver("test-disk", workers, () -> true)) {
            over.execute(() -> {
                begun.countDown();
                try {
                    go.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
            await(begun);
            for (int i = 0; i < 1024; i++) {
                over.execute(done::countDown);
            }
            assertEquals(0, straight.get(), "so many wait");
            AtomicInteger late = new AtomicInteger();
            over.execute(late::incrementAndGet);
            assertEquals(1, late.get(), "and no more");
            go.countDown();
            await(done);
        }
    }

    @Test
    void tasksOfOtherThreadsAndLateOnesGoStraightToTheWorkers() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        HandOver others = new HandOver("test-disk", Runnable::run, () -> false);
        others.execute(ran::incrementAndGet);
        assertEquals(1, ran.get());
        others.close();
        CountDownLatch done = new CountDownLatch(1);
        HandOver over = new HandOver("test-disk", Runnable::run, () -> true);
        over.execute(done::countDown);
        over.close();
        over.close();
        await(done);
        over.execute(ran::incrementAndGet);
        assertEquals(2, ran.get());
    }

    @Test
    void whatNoWorkerTakesIsDoneAllTheSame() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Executor gone = task -> {
            throw new RejectedExecutionException("closed");
        };
        try (HandOver over = new HandOver("test-disk", gone, () -> true)) {
            over.execute(done::countDown);
            await(done);
        }
    }

    @Test
    void handingOverAllocatesNothing() throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicInteger ran = new AtomicInteger();
        try (HandOver over = new HandOver("test-disk", Runnable::run, () -> true)) {
            Runnable task = ran::incrementAndGet;
            long[] clean = new long[1];
            for (int round = 0; round < 200; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    over.execute(task);
                }
                long bytes = threads.getCurrentThreadAllocatedBytes() - before;
                clean[0] += bytes == 0 ? 1 : 0;
                CountDownLatch done = new CountDownLatch(1);
                over.execute(done::countDown);
                await(done);
            }
            assertTrue(clean[0] >= 190, clean[0] + " of 200 rounds of 100 tasks allocated nothing");
        }
    }
}
