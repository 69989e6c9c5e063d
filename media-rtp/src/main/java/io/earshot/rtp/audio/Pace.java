package io.earshot.rtp.audio;

import io.earshot.api.time.Ticker;
import io.earshot.dsp.stretch.TimeStretcher;

/**
 * Plays a little faster while the delay is too long and a little slower while it is too short, a pitch period at a time: seldom and only
 * where the ear does not notice while it is little, at every packet while it is much, at once while it is quiet.
 *
 * <p>A packet is asked for at the tick in which its first sample is heard, so it must be there by then, up to a tick before it is heard.
 * The least delay is therefore that of a packet that begins with a tick: there the pace leads to.
 */
final class Pace {
    /** A period that is put in may exceed what is wanted by so much: a short rest of it would match nothing. */
    private static final long OVERSHOOT = 7 * Ticker.MILLISECOND;
    /** The target moves a little all the time: it must not make the tick change to and fro. */
    private static final long HYSTERESIS = Ticker.MILLISECOND;
    private static final long LEAST_PERIOD = 4 * Ticker.MILLISECOND;
    private static final long FAR = 50 * Ticker.MILLISECOND;
    private static final long VERY_FAR = 150 * Ticker.MILLISECOND;
    private static final int SPACING_MILLIS = 60;

    private final TimeStretcher stretcher;
    private final PayloadFormat format;
    private final long tick;
    private final boolean speedUp;
    private double sinceMillis;
    private double shortened;
    private double lengthened;

    Pace(PayloadFormat format, int tickMillis, boolean speedUp) {
        this.format = format;
        this.speedUp = speedUp;
        tick = tickMillis * Ticker.MILLISECOND;
        stretcher = new TimeStretcher(format.descriptor().sampleRate(), format.descriptor().channels());
    }

    /**
     * Corrects what is queued.
     *
     * @param before the samples that were queued before the packet
     * @param late by how many nanoseconds later than its target the packet was asked for, negative if earlier
     * @param slack by how many nanoseconds the target may be missed
     */
    void correct(PcmFifo fifo, int before, long late, long slack, boolean quiet) {
        int held = fifo.size();
        sinceMillis += format.millis((long) held - before);
        long queued = (long) (format.millis(before) * Ticker.MILLISECOND);
        long asked = late + queued / tick * tick;
        long beyond = asked + slack;
        long steps = beyond < 0 ? Math.floorDiv(beyond, tick) : Math.max(0, beyond - HYSTERESIS) / tick;
        long excess = queued % tick + steps * tick;
        boolean far = Math.abs(excess) > FAR;
        if (excess == 0 || excess > 0 && !speedUp || !quiet && !far && sinceMillis < SPACING_MILLIS || held < stretcher.least()) {
            return;
        }
        long change = excess > 0 ? excess : OVERSHOOT - excess;
        int most = format.samples((long) (change * (format.descriptor().rtpClockRate() / 1e9)));
        double likeness = quiet || Math.abs(excess) > VERY_FAR ? -1 : far ? 0.4 : 0.6;
        if (quiet && excess > 0 && excess < LEAST_PERIOD) {
            fifo.size(stretcher.cut(fifo.array(), 0, held, most));
            shortened += format.millis((long) held - fifo.size());
            return;
        }
        fifo.size(excess > 0 ? stretcher.shrink(fifo.array(), 0, held, most, likeness)
            : stretcher.grow(fifo.array(), 0, held, Math.min(most, fifo.room()), likeness));
        double changed = format.millis((long) fifo.size() - held);
        if (changed != 0) {
            sinceMillis = 0;
        }
        shortened += Math.max(0, -changed);
        lengthened += Math.max(0, changed);
    }

    double shortenedMillis() {
        return shortened;
    }

    double lengthenedMillis() {
        return lengthened;
    }
}
