package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LineQueueTest {
    private final LineQueue<Integer> queue = new LineQueue<>(3);

    @Test
    void theOldestAreLostAndCounted() {
        for (int i = 0; i < 5; i++) {
            queue.add(i);
        }
        LineQueue.Batch<Integer> batch = queue.takeAll();
        assertEquals(List.of(2, 3, 4), batch.items());
        assertEquals(2, batch.lost());
        assertEquals(0, queue.takeAll().lost());
    }

    @Test
    void oneIsTakenOrNoneAfterAWhile() throws InterruptedException {
        assertEquals(List.of(), queue.takeOne(1));
        queue.add(7);
        queue.add(8);
        assertEquals(List.of(7), queue.takeOne(0));
        assertEquals(1, queue.clear());
        assertEquals(List.of(), queue.takeOne(0));
    }

    @Test
    void manyWritersLoseNothingAndOneReaderWaits() throws Exception {
        LineQueue<Integer> wide = new LineQueue<>(10_000);
        List<Integer> got = new ArrayList<>();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            try {
                while (got.size() < 4_000) {
                    got.addAll(wide.awaitAll().items());
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            int from = w * 1_000;
            Thread writer = new Thread(() -> java.util.stream.IntStream.range(from, from + 1_000).forEach(wide::add));
            writers.add(writer);
            writer.start();
        }
        reader.get(10, TimeUnit.SECONDS);
        assertEquals(4_000, got.stream().distinct().count());
        assertTrue(writers.stream().noneMatch(Thread::isInterrupted));
    }
}
