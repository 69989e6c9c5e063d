package io.earshot.rtp.jitter;

import io.earshot.api.time.Ticker;

/**
 * Estimates by how much the sender's clock runs slower than ours, from how the transit of the fastest packets moves: the slope over each
 * minute, smoothed. A step, as a change of route makes it, is no drift and is left out.
 */
final class ClockDrift {
    private static final long PERIOD = 60 * Ticker.SECOND;
    private static final double MOST_PPM = 2000;
    private static final double GAIN = 0.25;

    private boolean anchored;
    private long anchorAt;
    private long anchorBase;
    private boolean known;
    private double ppm;

    void reset() {
        anchored = false;
    }

    /** Takes the transit of the fastest packets of late. */
    void add(long base, long now) {
        if (!anchored) {
            anchored = true;
            anchorAt = now;
            anchorBase = base;
            return;
        }
        if (now - anchorAt < PERIOD) {
            return;
        }
        double slope = (base - anchorBase) * 1e6 / (now - anchorAt);
        if (Math.abs(slope) <= MOST_PPM) {
            ppm = known ? ppm + GAIN * (slope - ppm) : slope;
            known = true;
        }
        anchorAt = now;
        anchorBase = base;
    }

    double ppm() {
        return ppm;
    }
}
