package io.earshot.rtp.jitter;

/** The counters of {@link JitterStatistics} while they are counted. */
final class JitterCounters {
    long inserted;
    long played;
    long lost;
    long late;
    long duplicates;
    long skipped;
    long recovered;
    long underruns;
    long overflows;
    long resynchronisations;
    long suspects;

    JitterStatistics snapshot() {
        return new JitterStatistics(inserted, played, lost, late, duplicates, skipped, recovered, underruns, overflows,
            resynchronisations, suspects);
    }
}
