package io.earshot.api.calls;

/** Who stops sending sound while we hold a call (RFC 3264 §8.4). */
public enum HoldMode {
    /** The peer does not send; it may hear music from us: {@code sendonly}. The usual way. */
    PEER_IS_SILENT,
    /** We do not send, and go on hearing the peer: {@code recvonly}. */
    WE_ARE_SILENT,
    /** Nothing flows: {@code inactive}. */
    BOTH_ARE_SILENT
}
