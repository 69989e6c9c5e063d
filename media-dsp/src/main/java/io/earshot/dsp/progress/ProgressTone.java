package io.earshot.dsp.progress;

/** What an exchange tells a caller by tones (ITU-T E.180). */
public enum ProgressTone {
    /** Dial now. */
    DIAL,
    /** The callee's telephone rings. */
    RINGBACK,
    /** The callee is busy. */
    BUSY,
    /** No way to the callee: congestion, reorder, number unobtainable. */
    CONGESTION,
    /** Somebody else calls. */
    CALL_WAITING,
    /** Special information: an announcement follows. */
    SPECIAL_INFORMATION
}
