package io.earshot.sdk.internal.media;

import io.earshot.sdk.internal.loop.PcmRing;
import java.util.Arrays;

/** The loop's side of what a program says; silence stands for what has not come. */
record RingSource(PcmRing ring, int rate) implements BridgePort {
    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return false;
    }

    @Override
    public boolean pull(short[] frame, int samples) {
        int got = Math.max(0, ring.poll(frame, 0, samples));
        Arrays.fill(frame, got, samples, (short) 0);
        return got > 0;
    }
}
