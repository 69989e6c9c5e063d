package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadsTest {
    @Test
    void noThreadIsLeftAfterClosing() throws Exception {
        ConcurrentLinkedQueue<Thread> used = new ConcurrentLinkedQueue<>();
        Threads threads = new Threads(Optional.empty());
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 10; i++) {
            for (var executor : List.of(threads.workers(), threads.callbacks())) {
                executor.execute(() -> {
                    used.add(Thread.currentThread());
                    done.countDown();
                });
            }
        }
        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertTrue(used.stream().allMatch(Thread::isDaemon));
        threads.close();
        for (Thread thread : used) {
            thread.join(5000);
            assertTrue(!thread.isAlive(), thread::getName);
        }
    }

    @Test
    void moreBlockedWorkersThanThePoolHoldsDelayNobody() throws Exception {
        Threads threads = new Threads(Optional.empty());
        CountDownLatch all = new CountDownLatch(80);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 80; i++) {
            threads.workers().execute(() -> {
                all.countDown();
                try {
                    release.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertTrue(all.await(5, TimeUnit.SECONDS));
        release.countDown();
        threads.close();
    }

    @Test
    void whatTheApplicationsExecutorRefusesRunsOnAWorker() throws Exception {
        Threads threads = new Threads(Optional.of(task -> {
            throw new RejectedExecutionException("full");
        }));
        CountDownLatch ran = new CountDownLatch(1);
        List<String> name = new ArrayList<>();
        threads.callbacks().execute(() -> {
            name.add(Thread.currentThread().getName());
            ran.countDown();
        });
        assertTrue(ran.await(5, TimeUnit.SECONDS));
        assertTrue(name.get(0).startsWith("earshot-worker"), name::toString);
        threads.close();
        threads.callbacks().execute(() -> name.add("after"));
        assertEquals("after", name.get(1));
    }
}
