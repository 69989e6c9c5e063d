package io.earshot.benchmarks.playout.plain;

/** What became of an inserted packet. */
public enum InsertVerdict {
    /** Held for playout. */
    STORED,
    /** Its place is taken: the same packet came before. */
    DUPLICATE,
    /** Its time of playout is over. */
    LATE,
    /** The buffer was too full, so older packets gave way to it. */
    STORED_AFTER_OVERFLOW,
    /** Its sequence number or timestamp is far from the stream; the buffer waits for a second such packet to believe it. */
    SUSPECT,
    /** A second packet confirmed a jump: the buffer has been emptied and starts over with this packet. */
    RESYNCHRONISED,
    /** The payload exceeds {@link JitterConfig#maxPayload()}. */
    TOO_LONG
}
