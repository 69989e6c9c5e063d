package io.earshot.rtp.session;

/** What the sequence number says of a packet (RFC 3550 A.1). */
public enum Arrival {
    /** The next one, or one after a loss. */
    IN_ORDER,
    /** Overtaken by a later one. */
    REORDERED,
    /** Received before. */
    DUPLICATE,
    /** The source has not proved itself yet. */
    PROBATION,
    /** Far from the rest; counts for nothing unless the next packet follows it. */
    BAD_SEQUENCE,
    /** The second packet after a jump: the source has restarted, and the statistics with it. */
    RESTARTED
}
