package io.earshot.api.codec;

/** Whether PCMU and GSM, which old and weak peers have, are kept in offers. */
public enum BasicCodecs {
    /** They are used as set. */
    AS_SET,
    /** Where they may be accepted they are offered too. */
    IF_ACCEPTED,
    /** They are always offered. */
    ALWAYS
}
