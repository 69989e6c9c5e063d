package io.earshot.sip.transaction;

/**
 * What a layer met that was not ordinary, since it was made.
 *
 * @param strayResponses responses that matched no transaction
 * @param misroutedResponses responses dropped because their sent-by is not ours (RFC 3261 §18.1.2)
 * @param refused requests answered with a stateless 503 because {@link TransactionLimits} were reached
 * @param dropped requests dropped because even the 503s were too many
 * @param forgotten answered transactions given up before their time because of {@link TransactionLimits#maxLingering}
 * @param hushed rejected INVITEs that were no longer repeated before their time because of {@link TransactionLimits#maxUnacknowledged}
 * @param merged requests answered with 482 because they came by two paths
 * @param unmatchedCancels CANCELs answered with 481
 * @param transportErrors reports of messages that did not get through or connections lost
 */
public record TransactionCounters(long strayResponses, long misroutedResponses, long refused, long dropped, long forgotten,
        long hushed, long merged, long unmatchedCancels, long transportErrors) { }
