package io.earshot.rtp.session;

/** What {@link RtpSession} made of a packet. */
public enum ReceiveVerdict {
    /** Valid: give it to the jitter buffer. */
    ACCEPTED,
    /** Valid, and the first of another source: reset the jitter buffer and decoder, then give it to them. */
    ACCEPTED_NEW_SOURCE,
    /** Valid, but of a payload type that was not negotiated: only its sequence number matters. */
    UNKNOWN_PAYLOAD_TYPE,
    /** Valid RTCP, taken into account. */
    RTCP,
    /** Not well-formed; the counters know why. */
    MALFORMED,
    /** Neither RTP nor RTCP by its first bytes. */
    OTHER_PROTOCOL,
    /** Of a source or address that has not proved itself yet. */
    PROBATION,
    /** Received before. */
    DUPLICATE,
    /** Its sequence number does not fit the stream. */
    BAD_SEQUENCE,
    /** From an address that is not the peer's. */
    REJECTED_SOURCE,
    /** Carries our own SSRC: the peer has chosen the same, and we have changed ours. */
    COLLISION,
    /** Carries our own SSRC, again: our packets come back to us. */
    LOOP
}
