package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import io.earshot.sip.sdp.SessionDescription;

/**
 * What an established call is doing about INVITEs: one at a time, either way (RFC 3261 §14). The defaults are those of doing nothing.
 */
interface Exchange {
    /** A re-INVITE comes in; its sequence number is in order. */
    void onInvite(ServerRequest request, long now);

    /** Tells whether an offer of ours is or may be on its way: one of the peer's crosses it (491). */
    default boolean isOffering() {
        return false;
    }

    /** Tells whether the peer waits for a description of ours: it must not send another offer meanwhile (500). */
    default boolean isAsked() {
        return false;
    }

    default void onAck(Request ack, long now) {
    }

    /** The re-INVITE that waits for our user is cancelled. */
    default void onCancel(long now) {
    }

    /** Our user accepts; {@code false} if there is nothing to accept. */
    default boolean accept(SessionDescription description, long now) {
        return false;
    }

    /** Our user refuses; {@code false} if there is nothing to refuse. */
    default boolean refuse(int status, long now) {
        return false;
    }

    /**
     * The call is over.
     *
     * @return whether the dialog may end at once; otherwise {@link Leg#finish} is called when it may (RFC 3261 §15)
     */
    default boolean close(long now) {
        return true;
    }

    /** The peer has hung up: forget timers. */
    default void drop() {
    }
}
