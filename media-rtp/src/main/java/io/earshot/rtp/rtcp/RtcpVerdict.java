package io.earshot.rtp.rtcp;

/** What {@link RtcpCompound#wrap} thinks of some bytes. */
public enum RtcpVerdict {
    /** A well-formed compound packet. */
    OK,
    /** Shorter than one packet. */
    TOO_SHORT,
    /** Longer than the limit. */
    TOO_LONG,
    /** More packets than the limit. */
    TOO_MANY_PACKETS,
    /** Version of some packet is not 2. */
    BAD_VERSION,
    /** The first packet is neither SR nor RR, and reduced-size RTCP (RFC 5506) is off. */
    FIRST_IS_NO_REPORT,
    /** A length field runs past the end. */
    LENGTH_OVERRUN,
    /** Padding in a packet that is not the last, or of an impossible length. */
    BAD_PADDING,
    /** Shorter than its packet type demands, or its count says more blocks or sources than fit. */
    BODY_OVERRUN
}
