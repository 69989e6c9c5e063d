package io.earshot.rtp.audio;

import io.earshot.rtp.jitter.JitterBuffer;
import io.earshot.rtp.jitter.PlayoutFigures;

/** What became of the audio, while it is counted. */
final class Tally implements PlayoutFigures {
    long unplayable;
    double playedMillis;
    double concealedMillis;
    double undecidedMillis;
    double noiseMillis;
    private final JitterBuffer jitter;
    private final PcmFifo queued;
    private PayloadFormat format;
    /** Absent until the first format is in use. */
    private Pace pace;
    private double shortenedBefore;
    private double lengthenedBefore;

    Tally(JitterBuffer jitter, PcmFifo queued) {
        this.jitter = jitter;
        this.queued = queued;
    }

    /** Another format is played from now on; what a pace that ends has done is kept. */
    void follow(PayloadFormat next, Pace with) {
        if (pace != null && pace != with) {
            shortenedBefore += pace.shortenedMillis();
            lengthenedBefore += pace.lengthenedMillis();
        }
        format = next;
        pace = with;
    }

    @Override
    public long played() {
        return Math.round(playedMillis);
    }

    @Override
    public long concealed() {
        return Math.round(concealedMillis);
    }

    @Override
    public long late() {
        return jitter.late();
    }

    @Override
    public long skipped() {
        return jitter.skipped();
    }

    @Override
    public long overflowed() {
        return jitter.overflows();
    }

    @Override
    public long shortened() {
        return Math.round(shortenedBefore + pace.shortenedMillis());
    }

    @Override
    public long lengthened() {
        return Math.round(lengthenedBefore + pace.lengthenedMillis());
    }

    @Override
    public long noise() {
        return Math.round(noiseMillis);
    }

    @Override
    public double driftPpm() {
        return jitter.driftPpm();
    }

    @Override
    public double buffered() {
        return jitter.buffered() / 1e6 + format.millis(queued.size());
    }

    @Override
    public double target() {
        return jitter.targetDelay() / 1e6;
    }
}
