package io.earshot.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcmFifoTest {
    /** Random operations against a queue of the JDK. */
    @Test
    void behavesAsABoundedQueue() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(50);
            PcmFifo fifo = new PcmFifo(capacity);
            Deque<Short> model = new ArrayDeque<>();
            for (int step = 0; step < 2000; step++) {
                operate(random, fifo, model, capacity);
                assertEquals(model.size(), fifo.available());
                assertEquals(capacity - model.size(), fifo.space());
            }
        }
    }

    private static void operate(Random random, PcmFifo fifo, Deque<Short> model, int capacity) {
        int samples = random.nextInt(30);
        short[] block = Signals.noise(random, 32767, samples + 2);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                int taken = fifo.write(block, 1, samples);
                assertEquals(Math.min(samples, capacity - model.size()), taken);
                for (int i = 0; i < taken; i++) {
                    model.add(block[1 + i]);
                }
            }
            case 3, 4, 5 -> {
                short edge = block[0];
                int peeked = fifo.peek(block, 1, samples);
                short[] again = block.clone();
                assertEquals(Math.min(samples, model.size()), peeked);
                assertEquals(peeked, fifo.read(again, 1, samples));
                for (int i = 0; i < peeked; i++) {
                    assertEquals(model.poll(), block[1 + i]);
                    assertEquals(block[1 + i], again[1 + i]);
                }
                assertEquals(edge, block[0]);
            }
            case 6 -> {
                int skipped = fifo.skip(samples);
                assertEquals(Math.min(samples, model.size()), skipped);
                for (int i = 0; i < skipped; i++) {
                    model.poll();
                }
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    fifo.clear();
                    model.clear();
                }
            }
        }
    }

    @Test
    void skippingANegativeCountDoesNothing() {
        PcmFifo fifo = new PcmFifo(4);
        fifo.write(new short[3], 0, 3);
        assertEquals(0, fifo.skip(-2));
        assertEquals(3, fifo.available());
    }

    @Test
    void refusesRangesOutsideTheArrayAndNoCapacity() {
        assertThrows(IllegalArgumentException.class, () -> new PcmFifo(0));
        assertThrows(IndexOutOfBoundsException.class, () -> new PcmFifo(9).write(new short[3], 1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> new PcmFifo(9).read(new short[3], 1, 3));
    }

    @Test
    void passingFramesAllocatesNothing() {
        PcmFifo fifo = new PcmFifo(500);
        short[] in = new short[160];
        short[] out = new short[441];
        assertEquals(0, Signals.allocatedBy(() -> {
            fifo.write(in, 0, 160);
            fifo.read(out, 0, 120);
        }));
    }
}
