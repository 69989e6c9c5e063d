package io.earshot.rtp.dtmf;

/** What {@link TelephoneEventReceiver#receive} thinks of a payload. */
public enum TelephoneEventVerdict {
    /** The first news of an event. */
    STARTED,
    /** More of the event that sounds. */
    CONTINUED,
    /** The end of the event that sounds. */
    ENDED,
    /** A repetition, or a packet of an event that is over. */
    DUPLICATE,
    /** Overtaken by a later event, which has ended this one: dropped. */
    LATE,
    /** Too short to be an event. */
    MALFORMED
}
