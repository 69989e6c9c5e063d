package io.earshot.rtp.secure;

/**
 * A handshake on a media port. Confined to the thread that carries the packets: after each call, and when it wakes its owner, drain
 * {@link #poll} until {@link HandshakeOutput.Wait}.
 */
public interface KeyHandshake {
    /** Takes a datagram of the peer's whose first byte says that it belongs here (RFC 7983). */
    void received(byte[] buffer, int offset, int length);

    /** Takes the time. */
    void onTime(long now);

    /** Returns what is to be done next. */
    HandshakeOutput poll(long now);

    /** The user says whether the short string is the same at both ends; means nothing where there is none. */
    default void compared(boolean same) {
    }

    /** Returns how much was dropped of what it was given, as it was broken, out of turn, or what anybody can forge. */
    default long refused() {
        return 0;
    }

    /** Says goodbye, or gives up. Poll once more. */
    void close();
}
