package io.earshot.api;

/** When the names of servers are looked up in DNS, and when what is known of them is used. */
public enum NameLookup {
    /** What is known is used as long as its owner says, and an hour longer where DNS fails. */
    CACHED,
    /** DNS is asked each time; what is known serves only where that fails. */
    ALWAYS_ASK,
    /** What is known once is used from then on, however old it is. */
    KEEP,
    /** Nobody is asked: names that are not known are not found. */
    KNOWN_ONLY,
    /** Names are not looked up at all; servers are to be given by their addresses. */
    NEVER
}
