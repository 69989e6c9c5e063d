package io.earshot.rtp.audio;

import io.earshot.rtp.jitter.JitterBuffer;
import io.earshot.rtp.jitter.JitterStatistics;
import io.earshot.rtp.jitter.PlayoutStatistics;

/** What became of the audio, while it is counted. */
final class Tally {
    long unplayable;
    double playedMillis;
    double concealedMillis;
    double undecidedMillis;
    double noiseMillis;
    private double shortenedBefore;
    private double lengthenedBefore;

    /** Keeps what a pace that ends has done. */
    void stretched(Pace pace) {
        shortenedBefore += pace.shortenedMillis();
        lengthenedBefore += pace.lengthenedMillis();
    }

    PlayoutStatistics snapshot(JitterBuffer jitter, Pace pace, double queuedMillis) {
        JitterStatistics counts = jitter.statistics();
        return new PlayoutStatistics(Math.round(playedMillis), Math.round(concealedMillis), counts.late(), counts.skipped(),
            counts.overflows(), Math.round(shortenedBefore + pace.shortenedMillis()),
            Math.round(lengthenedBefore + pace.lengthenedMillis()), Math.round(noiseMillis), jitter.driftPpm(),
            jitter.buffered() / 1e6 + queuedMillis, jitter.targetDelay() / 1e6);
    }
}
