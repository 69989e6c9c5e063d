package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

/** A ring of samples between two stages of one thread that work in frames of different sizes. Never grows, allocates or blocks. */
public final class PcmFifo {
    private final short[] ring;
    private int head;
    private int size;

    /** Makes an empty buffer for at most so many samples, at least one. */
    public PcmFifo(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity);
        }
        ring = new short[capacity];
    }

    /** Returns how many samples can be read. */
    public int available() {
        return size;
    }

    /** Returns how many samples can be written. */
    public int space() {
        return ring.length - size;
    }

    /** Returns the samples taken, fewer than offered when the buffer is full. */
    public int write(short[] pcm, int offset, int samples) {
        checkFromIndexSize(offset, samples, pcm.length);
        int count = Math.min(samples, space());
        int tail = wrap(head + size);
        int first = Math.min(count, ring.length - tail);
        System.arraycopy(pcm, offset, ring, tail, first);
        System.arraycopy(pcm, offset + first, ring, 0, count - first);
        size += count;
        return count;
    }

    /** Returns the samples copied, fewer than asked for when there are no more. */
    public int read(short[] pcm, int offset, int samples) {
        int count = peek(pcm, offset, samples);
        skip(count);
        return count;
    }

    /** Reads without taking out. */
    public int peek(short[] pcm, int offset, int samples) {
        checkFromIndexSize(offset, samples, pcm.length);
        int count = Math.min(samples, size);
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, pcm, offset, first);
        System.arraycopy(ring, 0, pcm, offset + first, count - first);
        return count;
    }

    /** Drops the oldest samples; returns how many there were to drop. */
    public int skip(int samples) {
        int count = Math.min(Math.max(samples, 0), size);
        head = wrap(head + count);
        size -= count;
        return count;
    }

    /** Drops all samples. */
    public void clear() {
        skip(size);
    }

    private int wrap(int index) {
        return index >= ring.length ? index - ring.length : index;
    }
}
