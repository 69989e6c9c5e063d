package io.earshot.rtp.audio;

import java.util.Arrays;

/** Samples between producers and consumers of different block lengths; the next to be read is the first of the array. */
final class PcmFifo {
    private short[] samples;
    private int size;

    PcmFifo(int capacity) {
        samples = new short[capacity];
    }

    /** Makes room for so many samples at least; what is held stays. */
    void ensureCapacity(int capacity) {
        if (samples.length < capacity) {
            samples = Arrays.copyOf(samples, capacity);
        }
    }

    int size() {
        return size;
    }

    int room() {
        return samples.length - size;
    }

    /** Returns what is held, for changes in place; {@link #size(int)} then says how much it has become. */
    short[] array() {
        return samples;
    }

    void size(int held) {
        size = held;
    }

    void write(short[] source, int offset, int count) {
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
