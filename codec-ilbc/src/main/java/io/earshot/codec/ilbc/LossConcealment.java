package io.earshot.codec.ilbc;

import static io.earshot.codec.ilbc.IlbcTables.TAPS;

/**
 * Makes up excitation for a lost frame (RFC 3951 §4.5): the last pitch cycles again, mixed with noise from the past as far as they were not
 * periodic, and fading when the loss lasts.
 */
final class LossConcealment {
    private static final int CORRELATED = 60;
    private static final int LONG_CYCLE = 80;
    private static final float QUIET = 30;

    private final int samples;
    private final float[] last;
    private final float[] noise;
    private final float[] filter = new float[TAPS];
    private int lost;
    private int lag;
    private float periodicity;
    private int seed;

    /** The results of {@link #correlate}. */
    private float gainOfLag;
    private float periodicityOfLag;

    LossConcealment(IlbcMode mode) {
        samples = mode.samples;
        last = new float[samples];
        noise = new float[samples];
        reset();
    }

    void reset() {
        java.util.Arrays.fill(last, 0);
        java.util.Arrays.fill(filter, 0);
        filter[0] = 1;
        lost = 0;
        lag = 120;
        periodicity = 0;
        seed = 777;
    }

    /** A frame that came: this is what a lost one after it will go on from. */
    void received(float[] residual, float[] filters, int filterAt) {
        lost = 0;
        System.arraycopy(residual, 0, last, 0, samples);
        System.arraycopy(filters, filterAt, filter, 0, TAPS);
    }

    /**
     * A frame that was lost.
     *
     * @param lastLag the pitch lag as the enhancer has seen it
     * @param filters gets the last filter, for each sub-block
     */
    void conceal(int lastLag, float[] residual, float[] filters) {
        if (lost++ == 0) {
            findLag(lastLag);
        }
        mix(residual);
        System.arraycopy(residual, 0, last, 0, samples);
        for (int at = 0; at < samples / IlbcTables.SUB_BLOCK * TAPS; at += TAPS) {
            System.arraycopy(filter, 0, filters, at, TAPS);
        }
    }

    private void findLag(int lastLag) {
        float best = -1;
        for (int candidate = lastLag - 3; candidate <= lastLag + 3; candidate++) {
            correlate(candidate);
            if (gainOfLag > best) {
                best = gainOfLag;
                lag = candidate;
                periodicity = periodicityOfLag;
            }
        }
    }

    private void correlate(int candidate) {
        int count = Math.min(CORRELATED, samples - candidate);
        int at = samples - count;
        float cross = Filters.dot(last, at, last, at - candidate, count);
        float before = Filters.dot(last, at - candidate, last, at - candidate, count);
        float now = Filters.dot(last, at, last, at, count);
        gainOfLag = before > 0 ? cross * cross / before : 0;
        periodicityOfLag = before > 0 && now > 0 ? Math.abs(cross) / (float) (Math.sqrt(before) * Math.sqrt(now)) : 0;
    }

    private void mix(float[] residual) {
        float fade = fade();
        float root = (float) Math.sqrt(periodicity);
        float pitch = Math.max(0, Math.min(1, (root - 0.4f) / 0.3f));
        int cycle = lag < LONG_CYCLE ? 2 * lag : lag;
        double energy = 0;
        for (int i = 0; i < samples; i++) {
            seed = seed * 69_069 + 1 & 0x7FFFFFFF;
            noise[i] = past(noise, i, 50 + seed % 70);
            float gain = fade * (i < 80 ? 1 : i < 160 ? 0.95f : 0.9f);
            residual[i] = gain * (pitch * past(residual, i, cycle) + (1 - pitch) * noise[i]);
            energy += residual[i] * residual[i];
        }
        if (Math.sqrt(energy / samples) < QUIET) {
            for (int i = 0; i < samples; i++) {
                residual[i] = fade * noise[i];
            }
        }
    }

    private float past(float[] now, int i, int back) {
        return i >= back ? now[i - back] : last[samples + i - back];
    }

    private float fade() {
        int gone = lost * samples;
        return gone <= 320 ? 1 : gone <= 640 ? 0.9f : gone <= 960 ? 0.7f : gone <= 1280 ? 0.5f : 0;
    }
}
