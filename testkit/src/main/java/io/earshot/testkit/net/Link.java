package io.earshot.testkit.net;

import io.earshot.api.time.Ticker;
import java.util.SplittableRandom;

/** One direction between two hosts. Got from {@link VirtualNetwork#link}; changing it affects packets sent from then on. */
public final class Link {
    private static final long LONGEST_QUEUE = Ticker.SECOND;

    private final SplittableRandom random;
    private LinkConditions conditions;
    private long blackoutFrom = Ticker.NEVER;
    private long blackoutUntil = Ticker.NEVER;
    private boolean inBurst;
    private long busyUntil;
    private long lastArrival;

    Link(long seed, LinkConditions conditions) {
        random = new SplittableRandom(seed);
        this.conditions = conditions;
    }

    /** Returns what holds now. */
    public LinkConditions conditions() {
        return conditions;
    }

    /** Sets what holds from now on. */
    public void conditions(LinkConditions newConditions) {
        conditions = newConditions;
    }

    /**
     * Loses everything that is sent in this span; replaces an earlier one.
     *
     * @param from nanoseconds, included
     * @param until nanoseconds, not included; {@link Ticker#NEVER} for ever, or until {@link #clear()}
     */
    public void blackout(long from, long until) {
        blackoutFrom = from;
        blackoutUntil = until;
    }

    /** Ends a blackout, or calls it off. */
    public void clear() {
        blackout(Ticker.NEVER, Ticker.NEVER);
    }

    /**
     * Decides the fate of a datagram. The number of draws does not depend on the conditions, so that changing one of them leaves the
     * other chances of a run as they were.
     */
    Fate datagram(int bytes, long now) {
        double lossDraw = random.nextDouble();
        double jitterDraw = random.nextDouble();
        boolean late = random.nextDouble() < conditions.reorder();
        boolean twice = random.nextDouble() < conditions.duplicate();
        double secondDraw = random.nextDouble();
        String cause = obstacle(bytes, lossDraw, now);
        if (!cause.isEmpty()) {
            return Fate.lost(cause);
        }
        long queued = queue(bytes, now);
        if (queued - now > LONGEST_QUEUE) {
            return Fate.lost("queue full");
        }
        busyUntil = queued;
        long arrival = queued + conditions.delay() + (long) (jitterDraw * conditions.jitter());
        if (late) {
            arrival += conditions.reorderBy();
        } else {
            arrival = Math.max(arrival, lastArrival);
            lastArrival = arrival;
        }
        long again = arrival + (long) (secondDraw * Math.max(conditions.jitter(), Ticker.MILLISECOND));
        return new Fate(arrival, twice ? again : Ticker.NEVER, "");
    }

    /** Tries to pass a segment of a reliable stream: the time of its arrival, or {@link Ticker#NEVER} when this try is lost. */
    long segment(int bytes, long now) {
        double lossDraw = random.nextDouble();
        double jitterDraw = random.nextDouble();
        if (!obstacle(0, lossDraw, now).isEmpty()) {
            return Ticker.NEVER;
        }
        busyUntil = queue(bytes, now);
        return busyUntil + conditions.delay() + (long) (jitterDraw * conditions.jitter());
    }

    /** Splits a piece of a stream where a packet boundary might have been. */
    int split(int length) {
        return length < 2 ? length : 1 + random.nextInt(length - 1);
    }

    private String obstacle(int bytes, double draw, long now) {
        if (now >= blackoutFrom && now < blackoutUntil) {
            return "blackout";
        }
        if (conditions.mtu() > 0 && bytes > conditions.mtu()) {
            return "larger than the MTU";
        }
        return lost(draw) ? "loss" : "";
    }

    private boolean lost(double draw) {
        double loss = conditions.loss();
        if (conditions.burst() <= 1 || loss == 0 || loss == 1) {
            return draw < loss;
        }
        double leave = 1 / conditions.burst();
        double enter = leave * loss / (1 - loss);
        inBurst = inBurst ? draw >= leave : draw < enter;
        return inBurst;
    }

    private long queue(int bytes, long now) {
        long rate = conditions.bitsPerSecond();
        return rate == 0 ? now : Math.max(now, busyUntil) + bytes * 8L * Ticker.SECOND / rate;
    }

    /**
     * What becomes of a datagram.
     *
     * @param arrival when it arrives, or NEVER
     * @param again when it arrives once more, or NEVER
     * @param lost why it does not; empty when it does
     */
    record Fate(long arrival, long again, String lost) {
        static Fate lost(String why) {
            return new Fate(Ticker.NEVER, Ticker.NEVER, why);
        }
    }
}
