package io.earshot.rtp.packet;

/** What {@link RtpPacket#wrap} thinks of some bytes. */
public enum RtpVerdict {
    /** A well-formed RTP packet. */
    OK,
    /** Shorter than the fixed header. */
    TOO_SHORT,
    /** Longer than {@link RtpLimits#maxPacketBytes()}. */
    TOO_LONG,
    /** Version is not 2. */
    BAD_VERSION,
    /** The list of contributing sources runs past the end. */
    CSRC_OVERRUN,
    /** The header extension runs past the end. */
    EXTENSION_OVERRUN,
    /** The header extension exceeds {@link RtpLimits#maxExtensionBytes()}. */
    EXTENSION_TOO_LONG,
    /** The padding count is zero or exceeds what follows the header. */
    BAD_PADDING
}
