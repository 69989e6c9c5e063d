package io.earshot.api;

/** How keys reach the peer. */
public enum DtmfMethod {
    /**
     * The best that the call allows: {@link #RTP} when both sides can, otherwise {@link #INFO_RELAY}, and {@link #IN_BAND} when the peer
     * refuses that.
     */
    AUTO,
    /** Telephone events beside the sound (RFC 4733). */
    RTP,
    /** INFO with {@code application/dtmf-relay}, which says how long a key was pressed. */
    INFO_RELAY,
    /** INFO with {@code application/dtmf}, the key alone. */
    INFO,
    /** The tones themselves, instead of the microphone. Low bit rate codecs may spoil them. */
    IN_BAND,
    /** {@link #INFO_RELAY} and {@link #RTP} at once, for peers of which it is not known what they listen to. */
    INFO_AND_RTP,
    /** {@link #INFO_RELAY} and {@link #IN_BAND} at once. */
    INFO_AND_IN_BAND
}
