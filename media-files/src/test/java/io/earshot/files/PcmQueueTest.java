package io.earshot.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PcmQueueTest {
    @Test
    void behavesAsABoundedQueueOfWholeBlocks() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int capacity = 1 << 1 + random.nextInt(7);
            PcmQueue queue = new PcmQueue(capacity);
            Deque<Short> model = new ArrayDeque<>();
            for (int step = 0; step < 3000; step++) {
                int channels = 1 + random.nextInt(2);
                short[] left = WavWriterTest.noise(random, random.nextInt(40));
                short[] right = WavWriterTest.noise(random, left.length);
                boolean fits = model.size() + left.length * channels <= capacity;
                assertEquals(fits, queue.offer(left, 0, right, 0, left.length, channels));
                for (int i = 0; fits && i < left.length; i++) {
                    model.add(left[i]);
                    if (channels == 2) {
                        model.add(right[i]);
                    }
                }
                assertEquals(model.size(), queue.available());
                short[] out = new short[random.nextInt(60)];
                int count = queue.poll(out);
                assertEquals(Math.min(out.length, model.size()), count);
                for (int i = 0; i < count; i++) {
                    assertEquals(model.poll(), out[i]);
                }
            }
        }
    }

    @Test
    void hasRoomForWhatWasAskedFor() {
        for (int capacity = 1; capacity < 300; capacity++) {
            assertTrue(new PcmQueue(capacity).offer(new short[capacity], 0, new short[0], 0, capacity, 1), "capacity " + capacity);
        }
        assertFalse(new PcmQueue(8).offer(new short[9], 0, new short[0], 0, 9, 1));
    }

    @Test
    void twoThreadsSeeEverySampleOnceAndInOrder() throws Exception {
        PcmQueue queue = new PcmQueue(1000);
        int total = 3_000_000;
        CompletableFuture<Integer> wrong = CompletableFuture.supplyAsync(() -> consume(queue, total));
        short[] block = new short[160];
        for (int at = 0; at < total; ) {
            int count = Math.min(block.length, total - at);
            for (int i = 0; i < count; i++) {
                block[i] = (short) (at + i);
            }
            if (queue.offer(block, 0, block, 0, count, 1)) {
                at += count;
            } else {
                Thread.onSpinWait();
            }
        }
        assertEquals(0, wrong.get(30, TimeUnit.SECONDS));
    }

    private static int consume(PcmQueue queue, int total) {
        short[] out = new short[441];
        int wrong = 0;
        for (int at = 0; at < total; ) {
            int count = queue.poll(out);
            for (int i = 0; i < count; i++) {
                wrong += out[i] == (short) (at + i) ? 0 : 1;
            }
            at += count;
        }
        return wrong;
    }

    @Test
    void offeringAllocatesNothing() throws ReflectiveOperationException {
        PcmQueue queue = new PcmQueue(4000);
        short[] frame = new short[160];
        short[] out = new short[320];
        Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        Method bytes = Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        Object id = Thread.currentThread().getId();
        long before = 0;
        for (int i = 0; i < 30_000; i++) {
            if (i == 20_000) {
                before = (Long) bytes.invoke(bean, id);
            }
            queue.offer(frame, 0, frame, 0, 160, 2);
            queue.poll(out);
        }
        assertEquals(0, ((Long) bytes.invoke(bean, id) - before) / 10_000);
    }
}
