package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PcmRingTest {
    @Test
    void behavesLikeAQueueWhateverTheSizes() {
        SplittableRandom random = new SplittableRandom(7);
        PcmRing ring = new PcmRing(100);
        Deque<Short> model = new ArrayDeque<>();
        short[] buffer = new short[150];
        short next = 0;
        for (int step = 0; step < 20_000; step++) {
            int count = random.nextInt(0, 150);
            if (random.nextBoolean()) {
                for (int i = 0; i < count; i++) {
                    buffer[i] = next++;
                }
                int took = ring.offer(buffer, 0, count);
                assertEquals(Math.min(count, 100 - model.size()), took);
                for (int i = 0; i < took; i++) {
                    model.add(buffer[i]);
                }
            } else {
                int got = ring.poll(buffer, 0, count);
                assertEquals(Math.min(count, model.size()), got);
                for (int i = 0; i < got; i++) {
                    assertEquals(model.poll(), buffer[i]);
                }
            }
            assertEquals(model.size(), ring.queued());
        }
    }

    @Test
    void forcingDropsTheOldestAndCountsThem() {
        PcmRing ring = new PcmRing(4);
        ring.force(new short[] {1, 2, 3}, 0, 3);
        ring.force(new short[] {4, 5, 6}, 0, 3);
        short[] out = new short[4];
        assertEquals(4, ring.poll(out, 0, 4));
        assertArrayEquals(new short[] {3, 4, 5, 6}, out);
        assertEquals(2, ring.dropped());
    }

    @Test
    void puttingWaitsForRoomAndTakingForSamples() throws Exception {
        PcmRing ring = new PcmRing(10);
        CompletableFuture<Long> sum = CompletableFuture.supplyAsync(() -> {
            short[] piece = new short[7];
            long total = 0;
            try {
                for (int got = ring.take(piece, 0, 7); got >= 0; got = ring.take(piece, 0, 7)) {
                    for (int i = 0; i < got; i++) {
                        total += piece[i];
                    }
                }
            } catch (InterruptedException stop) {
                return -1L;
            }
            return total;
        });
        short[] all = new short[1000];
        java.util.Arrays.fill(all, (short) 3);
        ring.put(all, 0, all.length);
        ring.close();
        assertEquals(3000, sum.get(5, TimeUnit.SECONDS));
    }

    @Test
    void whoWaitsCanBeInterrupted() {
        PcmRing ring = new PcmRing(2);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> ring.take(new short[1], 0, 1));
        ring.offer(new short[2], 0, 2);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> ring.put(new short[1], 0, 1));
        assertFalse(Thread.interrupted());
    }

    @Test
    void closingRefusesMoreAndGivesWhatIsLeft() {
        PcmRing ring = new PcmRing(4);
        ring.offer(new short[] {1, 2}, 0, 2);
        ring.close();
        assertEquals(-1, ring.offer(new short[1], 0, 1));
        assertThrows(IllegalStateException.class, () -> ring.put(new short[1], 0, 1));
        ring.force(new short[1], 0, 1);
        assertEquals(2, ring.poll(new short[4], 0, 4));
        assertEquals(-1, ring.poll(new short[4], 0, 4));
    }

    @Test
    void drainedTellsWhenTheLastSampleIsTaken() {
        PcmRing ring = new PcmRing(4);
        assertTrue(ring.drained().isDone());
        ring.offer(new short[3], 0, 3);
        CompletableFuture<Void> drained = ring.drained();
        ring.poll(new short[2], 0, 2);
        assertFalse(drained.isDone());
        ring.poll(new short[2], 0, 2);
        assertTrue(drained.isDone());
        ring.offer(new short[3], 0, 3);
        CompletableFuture<Void> again = ring.drained();
        assertFalse(again.isDone());
        assertEquals(3, ring.clear());
        assertTrue(again.isDone());
    }

    @Test
    void takingTellsDrainedToo() throws Exception {
        PcmRing ring = new PcmRing(4);
        ring.offer(new short[3], 0, 3);
        CompletableFuture<Void> drained = ring.drained();
        assertEquals(3, ring.take(new short[4], 0, 4));
        assertTrue(drained.isDone());
    }
}
