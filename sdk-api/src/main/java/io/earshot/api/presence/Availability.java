package io.earshot.api.presence;

/** How far somebody can be reached. */
public enum Availability {
    /** There, and free. */
    ONLINE,
    /** Not at the desk. */
    AWAY,
    /** There, and occupied. */
    BUSY,
    /** In a call. */
    ON_THE_PHONE,
    /** There, and not to be called. */
    DO_NOT_DISTURB,
    /** Of our own presence only: others see {@link #OFFLINE}. */
    INVISIBLE,
    /** Not there. */
    OFFLINE,
    /** It is not said. */
    UNKNOWN
}
