package io.earshot.rtp.jitter;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import java.util.Arrays;

/**
 * Measures how late packets come compared with the fastest ones, and says what playout delay would have caught nearly all.
 *
 * <p>A packet's <em>transit</em> is its arrival time minus its timestamp, both in nanoseconds; the two clocks differ, so only
 * differences of transits mean anything. The least transit of the last ten seconds is the <em>base</em>, which follows clock drift
 * and route changes; when even the fastest packets of four seconds are far above it, or none of half a second would be in time at the
 * longest delay allowed, the way has become longer, or the sender stood still, and the base follows at once. Lateness over the base
 * goes into a histogram with exponential forgetting, whose high percentile is the target.
 * Packets that arrive together count once, by the latest of them: a stall delays a whole burst but is one event. For what waited while
 * we stood still ourselves, the network is not blamed. Rare but recurring peaks, which the percentile leaves out, raise the target too:
 * {@link DelayPeaks}.
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
    /** Beyond this a higher base is another way through the network, or a sender that stood still, and no drift. */
    private static final long STEP = 60 * Ticker.MILLISECOND;
    private static final int WINDOW_PACKETS = 20;
    private static final int UNREACHABLE_PACKETS = 25;

    private final JitterConfig config;
    private final double[] weights = new double[BINS];
    private final long[] minima = new long[WINDOWS];
    private double total;
    /** What an observation weighs now; earlier ones weigh less. */
    private double unit = 1;
    private int window;
    private long windowEnd;
    private int windowPackets;
    /** Packets in a row that no delay allowed would have caught, and the least transit of them. */
    private int unreachable;
    private long unreachableLeast;
    private long base;
    private boolean started;
    private long burstStart;
    private long burstLateness;
    private long lastCommit;
    private long target;
    private long slack;
    private long least;
    private boolean bounded;
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
        least = 0;
        bounded = false;
    }

    /** Has the target be at least this, whatever was measured, within the limits of the configuration. */
    void atLeast(long nanos) {
        least = Math.min(nanos, config.maxDelay());
    }

    /** Forgets the base only: the timestamps have jumped, but the network is the same. */
    void rebase() {
        started = false;
        unreachable = 0;
        drift.reset();
    }

    /**
     * Takes one packet's transit.
     *
     * @param unseen for how long it may have waited for us to look; 0 if we were there
     */
    void add(long transit, long unseen, long now) {
        if (!started) {
            started = true;
            rebase(transit, now);
            burstStart = now;
            burstLateness = 0;
            lastCommit = now;
            return;
        }
        moveBase(transit, unseen, now);
        long lateness = Math.max(0, transit - unseen - base);
        if (now - burstStart < TOGETHER) {
            burstLateness = Math.max(burstLateness, lateness);
        } else {
            commit();
            burstStart = now;
            burstLateness = lateness;
        }
    }

    private void rebase(long transit, long now) {
        Arrays.fill(minima, transit);
        base = transit;
        windowEnd = now + WINDOW;
        windowPackets = 0;
        unreachable = 0;
    }

    private void moveBase(long transit, long unseen, long now) {
        long before = base;
        if (transit - unseen - base > config.maxDelay()) {
            unreachableLeast = unreachable++ == 0 ? transit : Math.min(unreachableLeast, transit);
        } else {
            unreachable = 0;
        }
        long lately = Math.min(minima[window], minima[(window + WINDOWS - 1) % WINDOWS]);
        boolean outdated = now >= windowEnd && windowPackets >= WINDOW_PACKETS && lately - base > STEP;
        if (unreachable >= UNREACHABLE_PACKETS) {
            rebase(unreachableLeast, now);
        } else if (outdated) {
            rebase(Math.min(lately, transit), now);
        } else if (now >= windowEnd) {
            window = (window + 1) % WINDOWS;
            minima[window] = transit;
            windowEnd = now + WINDOW;
            windowPackets = 0;
        } else if (transit < minima[window]) {
            minima[window] = transit;
        }
        windowPackets++;
        base = minima[0];
        for (int i = 1; i < WINDOWS; i++) {
            base = Math.min(base, minima[i]);
        }
        if (base - before > STEP) {
            shift(base - before);
        }
        drift.add(base, now);
    }

    /** The base is higher by a step: what was measured over the old one was later than what it would be called now. */
    private void shift(long by) {
        int bins = (int) Math.min(by / BIN, BINS - 1);
        for (int i = 1; i < BINS; i++) {
            int to = Math.max(0, i - bins);
            double weight = weights[i];
            weights[i] = 0;
            weights[to] += weight;
        }
        burstLateness = Math.max(0, burstLateness - by);
        peaks.reset();
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
        bounded = wanted > config.maxDelay();
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
        return Math.max(target, least);
    }

    /** Tells whether the network would want a longer delay than is allowed. */
    boolean isBounded() {
        return bounded;
    }

    /** Returns by how many nanoseconds the target may be missed without many more packets being late. */
    long slack() {
        return least > target ? 0 : slack;
    }

    /** Returns by how much the sender's clock is slower than ours, in millionths; 0 until it is known. */
    double driftPpm() {
        return drift.ppm();
    }
}
