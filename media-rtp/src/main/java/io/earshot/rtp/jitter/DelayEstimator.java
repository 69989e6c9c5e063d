package io.earshot.rtp.jitter;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import java.util.Arrays;

/**
 * Measures how late packets come compared with the fastest ones, and says what playout delay would have caught nearly all.
 *
 * <p>A packet's <em>transit</em> is its arrival time minus its timestamp, both in nanoseconds; the two clocks differ, so only
 * differences of transits mean anything. The least transit of the last ten seconds is the <em>base</em>, which follows clock drift
 * and route changes. Lateness over the base goes into a histogram with exponential forgetting, whose high percentile is the target.
 * Packets that arrive together count once, by the latest of them: a stall delays a whole burst but is one event. Rare but recurring
 * peaks, which the percentile leaves out, raise the target too: {@link DelayPeaks}.
 */
final class DelayEstimator {
    private static final long BIN = 2 * Ticker.MILLISECOND;
    private static final int BINS = 1000;
    /** From a bin's lower edge to its upper. */
    private static final int SPARE = 1;
    private static final double PRIOR_OBSERVATIONS = 10;
    private static final double LARGEST_UNIT = 1e9;
    private static final double PERCENTILE = 0.97;
    private static final double TOLERABLE = 0.94;
    private static final long MOST_SLACK = 12 * Ticker.MILLISECOND;
    private static final double MEMORY = 8 * Ticker.SECOND;
    private static final long LONGEST_STEP = 200 * Ticker.MILLISECOND;
    private static final long TOGETHER = 10 * Ticker.MILLISECOND;
    private static final int WINDOWS = 5;
    private static final long WINDOW = 2 * Ticker.SECOND;

    private final JitterConfig config;
    private final double[] weights = new double[BINS];
    private final long[] minima = new long[WINDOWS];
    private double total;
    /** What an observation weighs now; earlier ones weigh less. */
    private double unit = 1;
    private int window;
    private long windowEnd;
    private long base;
    private boolean started;
    private long burstStart;
    private long burstLateness;
    private long lastCommit;
    private long target;
    private long slack;
    private final DelayPeaks peaks = new DelayPeaks();
    private final ClockDrift drift = new ClockDrift();

    DelayEstimator(JitterConfig config) {
        this.config = requireNonNull(config, "config");
        reset();
    }

    /** Forgets everything. */
    void reset() {
        Arrays.fill(weights, 0);
        total = 0;
        unit = 1;
        rebase();
        peaks.reset();
        target = config.initialDelay();
        slack = 0;
    }

    /** Forgets the base only: the timestamps have jumped, but the network is the same. */
    void rebase() {
        started = false;
        drift.reset();
    }

    /** Takes one packet's transit. */
    void add(long transit, long now) {
        if (!started) {
            started = true;
            Arrays.fill(minima, transit);
            base = transit;
            windowEnd = now + WINDOW;
            burstStart = now;
            burstLateness = 0;
            lastCommit = now;
            return;
        }
        moveBase(transit, now);
        long lateness = transit - base;
        if (now - burstStart < TOGETHER) {
            burstLateness = Math.max(burstLateness, lateness);
        } else {
            commit();
            burstStart = now;
            burstLateness = lateness;
        }
    }

    private void moveBase(long transit, long now) {
        if (now >= windowEnd) {
            window = (window + 1) % WINDOWS;
            minima[window] = transit;
            windowEnd = now + WINDOW;
        } else if (transit < minima[window]) {
            minima[window] = transit;
        }
        base = minima[0];
        for (int i = 1; i < WINDOWS; i++) {
            base = Math.min(base, minima[i]);
        }
        drift.add(base, now);
    }

    private void commit() {
        double keep = 1 - Math.min(burstStart - lastCommit, LONGEST_STEP) / MEMORY;
        lastCommit = burstStart;
        unit /= keep; // the new grows instead of the old shrinking, which would touch every bin
        if (unit > LARGEST_UNIT) {
            rescale();
        }
        int bin = (int) Math.max(0, Math.min(burstLateness / BIN, BINS - 1));
        weights[bin] += unit;
        total += unit;
        long wanted = Math.max(percentile(PERCENTILE), peaks.height(burstLateness, burstStart, target));
        target = Math.max(config.minDelay(), Math.min(config.maxDelay(), wanted));
        slack = Math.max(0, Math.min(MOST_SLACK, target - Math.max(config.minDelay(), percentile(TOLERABLE))));
    }

    private void rescale() {
        for (int i = 0; i < BINS; i++) {
            weights[i] /= unit;
        }
        total /= unit;
        unit = 1;
    }

    private long percentile(double share) {
        // While little was seen, the initial delay counts as so many observations.
        int prior = (int) Math.max(0, Math.min(config.initialDelay() / BIN, BINS) - SPARE);
        double priorWeight = Math.max(0, PRIOR_OBSERVATIONS * unit - total);
        double wanted = (total + priorWeight) * share;
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += weights[i] + (i == prior ? priorWeight : 0);
            if (sum >= wanted) {
                return (i + SPARE) * BIN;
            }
        }
        return BINS * BIN;
    }

    /** Tells whether there is a base. */
    boolean isStarted() {
        return started;
    }

    /** Returns the transit of the fastest packets of late. */
    long base() {
        return base;
    }

    /** Returns the delay over the base that playout should have, in nanoseconds. */
    long target() {
        return target;
    }

    /** Returns by how many nanoseconds the target may be missed without many more packets being late. */
    long slack() {
        return slack;
    }

    /** Returns by how much the sender's clock is slower than ours, in millionths; 0 until it is known. */
    double driftPpm() {
        return drift.ppm();
    }
}
