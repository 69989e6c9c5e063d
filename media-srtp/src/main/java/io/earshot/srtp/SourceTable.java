package io.earshot.srtp;

import java.util.Arrays;

/** The sources of one direction, few of them: the last one found is found at once. */
final class SourceTable {
    private final int max;
    private final int window;
    private Source[] sources = new Source[2];
    private int count;
    private Source last;

    SourceTable(SrtpLimits limits) {
        max = limits.maxSources();
        window = limits.replayWindow();
    }

    Source find(int ssrc) {
        if (last != null && last.ssrc == ssrc) {
            return last;
        }
        for (int i = 0; i < count; i++) {
            if (sources[i].ssrc == ssrc) {
                last = sources[i];
                return last;
            }
        }
        return null;
    }

    boolean full() {
        return count >= max;
    }

    Source add(int ssrc) {
        if (count == sources.length) {
            sources = Arrays.copyOf(sources, Math.min(max, 2 * count));
        }
        last = new Source(ssrc, window);
        sources[count++] = last;
        return last;
    }

    int count() {
        return count;
    }
}
