package io.earshot.api.audio;

/**
 * When both sides agree to ask for lost packets and to repeat them (generic negative acknowledgements of RFC 4585). We ask as long as a
 * packet could still be played, and let playout wait up to 150 ms for it while packets are lost; on longer ways nobody asks. What goes
 * out again is at most half as much as what goes out. Needs reports ({@link RtpSettings#rtcp}).
 */
public enum LossRepair {
    /** Never. */
    NEVER,
    /** With peers that offer it under a profile with feedback, and in our offers for browsers. */
    WHEN_OFFERED,
    /** In all our offers too, whose profile then is RTP/AVPF or RTP/SAVPF: peers that do not know these refuse the call. */
    OFFERED
}
