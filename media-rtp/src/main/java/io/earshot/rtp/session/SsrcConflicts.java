package io.earshot.rtp.session;

import java.net.InetSocketAddress;

/** Addresses from which our own SSRC has come (RFC 3550 §8.2), so that a loop is not taken for ever new collisions. */
final class SsrcConflicts {
    private static final int CAPACITY = 4;

    private final InetSocketAddress[] addresses = new InetSocketAddress[CAPACITY];
    private final long[] expiry = new long[CAPACITY];

    /** Tells whether an address is known, and if so keeps it for another while. */
    boolean refresh(InetSocketAddress source, long now, long life) {
        for (int i = 0; i < CAPACITY; i++) {
            if (source.equals(addresses[i]) && now < expiry[i]) {
                expiry[i] = now + life;
                return true;
            }
        }
        return false;
    }

    /** Notes an address, in place of the one that would be forgotten first. */
    void add(InetSocketAddress source, long now, long life) {
        int oldest = 0;
        for (int i = 1; i < CAPACITY; i++) {
            oldest = expiry[i] < expiry[oldest] ? i : oldest;
        }
        addresses[oldest] = source;
        expiry[oldest] = now + life;
    }
}
