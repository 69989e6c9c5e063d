package io.earshot.rtp.session;

import io.earshot.api.time.Ticker;

/**
 * What was negotiated of feedback (RFC 4585).
 *
 * @param nack whether lost packets are asked for, and repeated for the peer (generic NACK, §6.2.1)
 * @param reducedSize whether feedback goes without a report (RFC 5506); otherwise with the least that RFC 4585 §3.1 wants
 * @param reports nanoseconds that reports without feedback keep apart on average (T_rr_interval)
 */
public record FeedbackRules(boolean nack, boolean reducedSize, long reports) {
    /** None: reports only, in the time of RFC 3550. */
    public static final FeedbackRules NONE = new FeedbackRules(false, false, 5 * Ticker.SECOND);

    /** Checks the interval. */
    public FeedbackRules {
        if (reports < 0) {
            throw new IllegalArgumentException("reports cannot be " + reports + " ns apart");
        }
    }
}
