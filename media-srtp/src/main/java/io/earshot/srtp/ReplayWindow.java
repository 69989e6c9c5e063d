package io.earshot.srtp;

import java.util.Arrays;

/** Which of the newest packet indices were seen: RFC 3711 §3.3.2. */
final class ReplayWindow {
    private final long[] seen;
    private final int size;
    private long highest = -1;

    ReplayWindow(int size) {
        this.size = size;
        seen = new long[size / 64];
    }

    /** The highest index that was accepted, -1 before the first. */
    long highest() {
        return highest;
    }

    SrtpVerdict check(long index) {
        if (index > highest) {
            return SrtpVerdict.OK;
        }
        if (index <= highest - size) {
            return SrtpVerdict.TOO_OLD;
        }
        return (seen[word(index)] >>> index & 1) == 0 ? SrtpVerdict.OK : SrtpVerdict.REPLAYED;
    }

    /** Marks an index that {@link #check} found {@link SrtpVerdict#OK}. */
    void accept(long index) {
        if (index - highest >= size) {
            Arrays.fill(seen, 0);
            highest = index;
        }
        while (highest < index) {
            highest++;
            seen[word(highest)] &= ~(1L << highest);
        }
        seen[word(index)] |= 1L << index;
    }

    void reset() {
        Arrays.fill(seen, 0);
        highest = -1;
    }

    private int word(long index) {
        return (int) (index % size >>> 6);
    }
}
