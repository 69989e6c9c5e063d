package io.earshot.benchmarks.playout.plain;

/** The counters of {@link JitterStatistics} while they are counted. */
final class JitterCounters {
    long inserted;
    long played;
    long lost;
    long late;
    long duplicates;
    long skipped;
    long expanded;
    long underruns;
    long overflows;
    long resynchronisations;
    long suspects;

    JitterStatistics snapshot() {
        return new JitterStatistics(inserted, played, lost, late, duplicates, skipped, expanded, underruns, overflows,
            resynchronisations, suspects);
    }
}
