package io.earshot.audio.javasound;

/** A bounded queue of samples between the thread of a line and the loop that uses it. The lock is held for a copy. */
final class SampleQueue {
    private final short[] ring;
    private int head;
    private int size;
    private boolean gone;
    private boolean refused;

    SampleQueue(int capacity) {
        ring = new short[capacity];
    }

    synchronized int size() {
        return size;
    }

    int capacity() {
        return ring.length;
    }

    /** Says that the device is gone. */
    synchronized void markGone() {
        gone = true;
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Adds what there is room for and returns how much that was. */
    synchronized int offer(short[] pcm, int offset, int samples) {
        int count = Math.min(samples, ring.length - size);
        refused |= count < samples;
        for (int i = 0; i < count; i++) {
            ring[(head + size + i) % ring.length] = pcm[offset + i];
        }
        size += count;
        return count;
    }

    /** Adds everything; the oldest go when there is no room. */
    synchronized void force(short[] pcm, int offset, int samples) {
        drop(size + samples - ring.length);
        offer(pcm, offset, samples);
    }

    private void drop(int samples) {
        int dropped = Math.max(0, Math.min(samples, size));
        head = (head + dropped) % ring.length;
        size -= dropped;
    }

    /** Drops the oldest down to a level when there was no room for something since this was last asked, and tells whether that was so. */
    synchronized boolean catchUp(int level) {
        boolean full = refused;
        refused = false;
        if (full) {
            drop(size - level);
        }
        return full;
    }

    /** Takes what is there, at most so much, and returns how much that was. */
    synchronized int poll(short[] pcm, int offset, int samples) {
        int count = Math.min(samples, size);
        for (int i = 0; i < count; i++) {
            pcm[offset + i] = ring[(head + i) % ring.length];
        }
        head = (head + count) % ring.length;
        size -= count;
        return count;
    }
}
