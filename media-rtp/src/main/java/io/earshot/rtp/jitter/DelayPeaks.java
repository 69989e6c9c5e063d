package io.earshot.rtp.jitter;

import io.earshot.api.time.Ticker;

/**
 * Notices delay peaks that come again and again, as a wireless link's roaming or a competing download makes them. A peak is a packet
 * later than twice the target, and by 60 ms at least. Two of them within ten seconds make it worth to wait for the next as well, which
 * is expected for as long again as the greater distance between them, and 20 s at most.
 */
final class DelayPeaks {
    private static final long EXCESS = 60 * Ticker.MILLISECOND;
    private static final long ONE_PEAK = 300 * Ticker.MILLISECOND;
    private static final long RECURS = 10 * Ticker.SECOND;
    private static final long HIGHEST = 500 * Ticker.MILLISECOND;
    private static final int KEPT = 4;

    private final long[] heights = new long[KEPT];
    private final long[] times = new long[KEPT];
    private int count;

    void reset() {
        count = 0;
    }

    /** Takes the lateness of a packet, and returns the delay that catches the peaks, 0 when there are none to expect. */
    long height(long lateness, long now, long target) {
        if (lateness > 2 * target && lateness > target + EXCESS || count > 0 && lateness > heights[0] / 2 && lateness > EXCESS * 2) {
            note(Math.min(lateness, HIGHEST), now);
        }
        if (count < 2) {
            return 0;
        }
        long highest = 0;
        long longest = 0;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, heights[i]);
            longest = Math.max(longest, i == 0 ? 0 : times[i - 1] - times[i]);
        }
        if (now - times[0] > 2 * longest) {
            count = 0;
            return 0;
        }
        return highest;
    }

    private void note(long height, long now) {
        if (count > 0 && now - times[0] < ONE_PEAK) {
            heights[0] = Math.max(heights[0], height);
            return;
        }
        if (count > 0 && now - times[0] > RECURS) {
            count = 0;
        }
        int keep = Math.min(count, KEPT - 1);
        System.arraycopy(heights, 0, heights, 1, keep);
        System.arraycopy(times, 0, times, 1, keep);
        heights[0] = height;
        times[0] = now;
        count = keep + 1;
    }
}
