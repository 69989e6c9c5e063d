package io.earshot.rtp.secure;

/**
 * Encrypts and decrypts the packets of one stream in place. Confined to the thread that carries the packets; allocates nothing for a packet
 * of a known SSRC. Each of the four answers with the new length or {@link #REFUSED}, after which the packet is to be dropped.
 */
public interface PacketGuard {
    /** The packet must go no further: not sent, not heard, and its source not latched. */
    int REFUSED = -1;

    /** Returns the bytes that must be free behind a packet that is to be protected. */
    int overhead();

    /** Returns the suite that our packets are under, by its name in RFC 4568 or its successors. */
    String suite();

    /** Protects an RTP packet. */
    int protectRtp(byte[] buffer, int offset, int length);

    /** Protects an RTCP packet. */
    int protectRtcp(byte[] buffer, int offset, int length);

    /** Verifies and decrypts an RTP packet. */
    int unprotectRtp(byte[] buffer, int offset, int length);

    /** Verifies and decrypts an RTCP packet. */
    int unprotectRtcp(byte[] buffer, int offset, int length);
}
