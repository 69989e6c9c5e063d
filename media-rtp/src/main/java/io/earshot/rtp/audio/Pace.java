package io.earshot.rtp.audio;

import io.earshot.api.time.Ticker;
import io.earshot.dsp.stretch.TimeStretcher;

/**
 * Plays a little faster while the delay is too long and a little slower while it is too short, a pitch period at a time: seldom and only
 * where the ear does not notice while it is little, at every packet while it is much, at once while it is quiet.
 *
 * <p>A packet is asked for at the tick in which its first sample is heard, so it must be there by then, up to a tick before it is heard.
 * The least delay is therefore that of a packet that begins with a tick, at the first tick behind the target: there the pace leads to.
 */
final class Pace {
    /** The target moves by steps; it has to be missed by more than one for a change of the tick. */
    private static final long OVER = 6 * Ticker.MILLISECOND;
    private static final long UNDER = 2 * Ticker.MILLISECOND;
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
     */
    void correct(PcmFifo fifo, int before, long late, boolean quiet) {
        int held = fifo.size();
        sinceMillis += format.millis((long) held - before);
        long queued = (long) (format.millis(before) * Ticker.MILLISECOND);
        long asked = late + queued / tick * tick;
        boolean off = asked >= tick + OVER || asked < -UNDER;
        long excess = queued % tick + (off ? Math.floorDiv(asked, tick) * tick : 0);
        boolean far = Math.abs(excess) > FAR;
        if (excess == 0 || excess > 0 && !speedUp || !quiet && !far && sinceMillis < SPACING_MILLIS || held < stretcher.least()) {
            return;
        }
        int most = format.samples((long) (Math.abs(excess) * (format.descriptor().rtpClockRate() / 1e9)));
        double likeness = quiet || Math.abs(excess) > VERY_FAR ? -1 : far ? 0.4 : 0.6;
        fifo.size(excess > 0 ? stretcher.shrink(fifo.array(), 0, held, most, likeness)
            : stretcher.grow(fifo.array(), 0, held, Math.min(most, fifo.room()), likeness));
        double change = format.millis((long) fifo.size() - held);
        if (change != 0) {
            sinceMillis = 0;
        }
        shortened += Math.max(0, -change);
        lengthened += Math.max(0, change);
    }

    double shortenedMillis() {
        return shortened;
    }

    double lengthenedMillis() {
        return lengthened;
    }
}
