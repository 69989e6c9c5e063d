package io.earshot.sip.transaction;

/**
 * What a flood may cost. Client transactions are made by our own side and are not limited here.
 *
 * @param maxServerTransactions server transactions at work at once, those not yet answered finally; a request beyond them gets a
 *     stateless 503
 * @param reservedForDialogs how many of these only requests inside a dialog (with a To tag) may use, so that a flood of new calls does
 *     not keep existing ones from being changed or ended
 * @param maxUnacknowledged rejected INVITEs at once whose rejection is repeated until its ACK comes, for up to 32 s (timers G and H);
 *     beyond them the oldest only answer repetitions of their INVITE, and linger
 * @param maxLingering server transactions held at once that are answered and only absorb repetitions, for up to 32 s (timers J and L; see
 *     RFC 6026); beyond them the oldest is forgotten before its time
 * @param maxRefusalsPerSecond 503 responses sent per second; further requests beyond the limit are dropped
 * @param retryAfterSeconds the Retry-After of those responses
 * @param detectMerged whether a request that arrived before by another path gets 482 (RFC 3261 §8.2.2.2); a proxy sets false
 */
public record TransactionLimits(int maxServerTransactions, int reservedForDialogs, int maxUnacknowledged, int maxLingering,
        int maxRefusalsPerSecond, int retryAfterSeconds, boolean detectMerged) {
    /**
     * 20,000 transactions at work, 2,000 of them for dialogs, 2,000 rejected INVITEs without ACK, 100,000 that linger (1,500 calls a
     * second with INVITE and BYE), 100 refusals a second, try again after 10 s, merged requests refused.
     */
    public static final TransactionLimits DEFAULT = new TransactionLimits(20_000, 2_000, 2_000, 100_000, 100, 10, true);

    public TransactionLimits {
        if (maxServerTransactions < 1) {
            throw new IllegalArgumentException("maxServerTransactions must be positive, not " + maxServerTransactions);
        }
        if (reservedForDialogs < 0 || reservedForDialogs >= maxServerTransactions) {
            throw new IllegalArgumentException(
                "reservedForDialogs must be 0 to " + (maxServerTransactions - 1) + ", not " + reservedForDialogs);
        }
        if (maxUnacknowledged < 0) {
            throw new IllegalArgumentException("maxUnacknowledged must not be negative: " + maxUnacknowledged);
        }
        if (maxLingering < 0) {
            throw new IllegalArgumentException("maxLingering must not be negative: " + maxLingering);
        }
        if (maxRefusalsPerSecond < 0) {
            throw new IllegalArgumentException("maxRefusalsPerSecond must not be negative: " + maxRefusalsPerSecond);
        }
        if (retryAfterSeconds < 0) {
            throw new IllegalArgumentException("retryAfterSeconds must not be negative: " + retryAfterSeconds);
        }
    }

    /** Returns these limits with merged requests passed up like any others, as proxies need. */
    public TransactionLimits withoutMergeDetection() {
        return new TransactionLimits(maxServerTransactions, reservedForDialogs, maxUnacknowledged, maxLingering, maxRefusalsPerSecond,
            retryAfterSeconds, false);
    }
}
