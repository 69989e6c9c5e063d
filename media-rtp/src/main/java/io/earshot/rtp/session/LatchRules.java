package io.earshot.rtp.session;

import io.earshot.api.time.Ticker;

/**
 * When to follow the peer to another address than the signalled one (symmetric RTP, RFC 4961, and what NATs make of it).
 *
 * @param enabled whether to follow at all
 * @param firstPackets consecutive packets of one source that an unannounced address must send to be followed for the first time
 * @param laterPackets consecutive packets that another address must send later; they must also be of the stream's own SSRC
 * @param quiet for how long, in nanoseconds, the old address must have been silent before a later change
 */
public record LatchRules(boolean enabled, int firstPackets, int laterPackets, long quiet) {
    /** Follows after 2 packets at first; later after 5, and only when the old address has been silent for 2 s. */
    public static final LatchRules DEFAULT = new LatchRules(true, 2, 5, 2 * Ticker.SECOND);

    /** Takes and sends packets at the signalled address only. */
    public static final LatchRules STRICT = new LatchRules(false, 1, 1, 0);

    public LatchRules {
        if (firstPackets < 1 || laterPackets < 1 || quiet < 0) {
            throw new IllegalArgumentException("at least one packet, and no negative time");
        }
    }
}
