package io.earshot.rtp.session;

/** What {@link RtpSession#pollEvent} reports to the owner. */
public enum RtpEvent {
    /** Nothing more. */
    NONE,
    /** Media goes to, and comes from, an address learnt from the peer's packets. */
    LATCHED,
    /** The peer sends with another SSRC. */
    REMOTE_SSRC_CHANGED,
    /** We send with another SSRC, after a collision; a protected session must re-key its streams. */
    LOCAL_SSRC_CHANGED,
    /** The peer has left the session by RTCP; its signalling has the last word. */
    REMOTE_BYE
}
