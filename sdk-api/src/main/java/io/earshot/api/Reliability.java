package io.earshot.api;

/** Whether provisional responses (180, 183 with early media) are acknowledged by PRACK, so that none gets lost (RFC 3262). */
public enum Reliability {
    /** Never: we do not say that we can, and calls that require it are refused with 420. */
    NEVER,
    /** With peers that can. */
    SUPPORTED,
    /** With everybody: who cannot is not called, and refused with 421. */
    REQUIRED
}
