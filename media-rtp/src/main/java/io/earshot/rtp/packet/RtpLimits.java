package io.earshot.rtp.packet;

/**
 * Every limit that this module puts on what the network sends.
 *
 * @param maxPacketBytes longest RTP packet, header included
 * @param maxExtensionBytes longest header extension, without its four-byte head
 * @param maxRtcpBytes longest compound RTCP packet
 * @param maxRtcpPackets most RTCP packets in one compound
 */
public record RtpLimits(int maxPacketBytes, int maxExtensionBytes, int maxRtcpBytes, int maxRtcpPackets) {
    /** For audio: nothing legitimate exceeds an Ethernet frame, and a margin is left. */
    public static final RtpLimits DEFAULT = new RtpLimits(2048, 512, 2048, 32);

    public RtpLimits {
        if (maxPacketBytes < RtpPacket.HEADER_BYTES || maxExtensionBytes < 0 || maxRtcpBytes < 8 || maxRtcpPackets < 1) {
            throw new IllegalArgumentException("limits too small for any packet");
        }
    }
}
