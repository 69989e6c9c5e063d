package io.earshot.files;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded ring of samples from one thread to one other, without locks. A block goes in whole or not at all. Positions only grow; the
 * producer publishes samples by moving {@code written}, the consumer frees their place by moving {@code read}.
 */
final class PcmQueue {
    private final short[] ring;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** Makes a queue for at least so many samples. */
    PcmQueue(int capacity) {
        ring = new short[Integer.highestOneBit(Math.max(2, capacity) - 1) * 2];
        mask = ring.length - 1;
    }

    /** Samples to be read; callable from either thread. */
    int available() {
        return (int) (written.getAcquire() - read.getAcquire());
    }

    /** Producer: appends the frames of one channel, or of two channels interleaved; returns false when there is no room for all. */
    boolean offer(short[] left, int leftOffset, short[] right, int rightOffset, int frames, int channels) {
        long end = written.getPlain();
        if (ring.length - (end - read.getAcquire()) < (long) frames * channels) {
            return false;
        }
        for (int i = 0; i < frames; i++) {
            ring[(int) end++ & mask] = left[leftOffset + i];
            if (channels == 2) {
                ring[(int) end++ & mask] = right[rightOffset + i];
            }
        }
        written.setRelease(end);
        return true;
    }

    /** Consumer: takes out what is there, at most {@code out.length} samples. */
    int poll(short[] out) {
        long start = read.getPlain();
        int count = (int) Math.min(out.length, written.getAcquire() - start);
        for (int i = 0; i < count; i++) {
            out[i] = ring[(int) (start + i) & mask];
        }
        read.setRelease(start + count);
        return count;
    }
}
