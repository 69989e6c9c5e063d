package io.earshot.rtp.audio;

import java.util.Arrays;

/**
 * Samples between producers and consumers of different block lengths; the next to be read is the first of the array, which is made with
 * the first samples.
 */
final class PcmFifo {
    private short[] samples = new short[0];
    private int capacity;
    private int size;

    PcmFifo(int capacity) {
        this.capacity = capacity;
    }

    /** Makes room for so many samples at least; what is held stays. */
    void ensureCapacity(int least) {
        capacity = Math.max(capacity, least);
        if (samples.length > 0) {
            allocate();
        }
    }

    private void allocate() {
        if (samples.length < capacity) {
            samples = Arrays.copyOf(samples, capacity);
        }
    }

    int size() {
        return size;
    }

    int room() {
        return capacity - size;
    }

    /** Returns what is held, for changes in place; {@link #size(int)} then says how much it has become. */
    short[] array() {
        allocate();
        return samples;
    }

    void size(int held) {
        size = held;
    }

    void write(short[] source, int offset, int count) {
        allocate();
        System.arraycopy(source, offset, samples, size, count);
        size += count;
    }

    void read(short[] target, int offset, int count) {
        System.arraycopy(samples, 0, target, offset, count);
        size -= count;
        System.arraycopy(samples, count, samples, 0, size);
    }

    void clear() {
        size = 0;
    }
}
