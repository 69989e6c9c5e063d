package io.earshot.sip.transaction;

/** The numbers behind {@link TransactionCounters}. */
final class Counters {
    long strayResponses;
    long misroutedResponses;
    long refused;
    long dropped;
    long forgotten;
    long hushed;
    long merged;
    long unmatchedCancels;
    long transportErrors;

    TransactionCounters snapshot() {
        return new TransactionCounters(strayResponses, misroutedResponses, refused, dropped, forgotten, hushed, merged, unmatchedCancels,
            transportErrors);
    }
}
