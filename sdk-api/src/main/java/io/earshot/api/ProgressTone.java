package io.earshot.api;

/** What an exchange tells a caller by a tone (ITU-T E.180). */
public enum ProgressTone {
    /** Dial now. */
    DIAL,
    /** The telephone at the other end rings. */
    RINGBACK,
    /** The callee is busy. */
    BUSY,
    /** There is no way to the callee: congestion, reorder, number unobtainable. */
    CONGESTION,
    /** Somebody else calls the callee. */
    CALL_WAITING,
    /** Special information: an announcement follows. */
    SPECIAL_INFORMATION
}
