package io.earshot.srtp;

/** What became of a packet. */
public enum SrtpVerdict {
    /** Protected, or verified and in clear. */
    OK,
    /** Shorter than headers, tag and index need. */
    TOO_SHORT,
    /** Not version 2, or a header that runs past the end. */
    MALFORMED,
    /** Behind the replay window. */
    TOO_OLD,
    /** Seen before; on the sending side: an index that was used before, which would reuse the key stream. */
    REPLAYED,
    /** The tag does not fit: damaged, forged, or another key. */
    AUTHENTICATION_FAILED,
    /** Carries the identifier of a key that we do not have. */
    UNKNOWN_KEY,
    /** One SSRC more than {@link SrtpLimits#maxSources()}. */
    TOO_MANY_SOURCES,
    /** The master key has protected as many packets as it may. */
    KEY_EXPIRED,
    /** The buffer has no room for tag, index and MKI. */
    NO_ROOM
}
