package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/** What a call is at the moment, and so what it takes. The defaults say that it is not the time for that. */
interface Phase {
    /** Returns the confirmed dialog that requests may be sent in. */
    default Optional<Dialog> talk() {
        return Optional.empty();
    }

    /**
     * Returns the dialog of a call that is not answered, if both sides know that there is just this one: what is sent in it are Info
     * Packages (RFC 6086 §4.2).
     */
    default Optional<Dialog> early() {
        return Optional.empty();
    }

    /** Tells whether an INVITE is the one that this call of ours began with, come back. */
    default boolean isPlacedBy(Request invite) {
        return false;
    }

    default boolean ring(int status, Optional<SessionDescription> sdp, long now) {
        return false;
    }

    default boolean answer(SessionDescription sdp, List<ExtraHeader> headers, long now) {
        return false;
    }

    default boolean reject(int status, List<ExtraHeader> headers, long now) {
        return false;
    }

    default boolean redirect(List<NameAddr> contacts, long now) {
        return false;
    }

    /** Ends the call; the session is not over yet when this is called. */
    void hangup(long now);

    /** Sends a re-INVITE, without an offer when empty. */
    default boolean reoffer(Optional<SessionDescription> offer, long now) {
        return false;
    }

    /** Sends an UPDATE, without an offer when empty. */
    default boolean update(Optional<SessionDescription> offer, long now) {
        return false;
    }

    /** Tells the peer that we are somebody else. */
    default boolean identify(NameAddr identity, long now) {
        return false;
    }

    default boolean acceptOffer(SessionDescription sdp, long now) {
        return false;
    }

    default boolean rejectOffer(int status, long now) {
        return false;
    }

    /** Takes a request within a dialog of the call, other than ACK and CANCEL. */
    void onRequest(ServerRequest request, long now);

    default void onAck(Request ack, long now) {
    }

    /** The caller cancels the INVITE that this phase has not yet answered. */
    default void onCancel(Request cancel, long now) {
    }

    /** The server transaction of the INVITE that this phase has not yet answered is gone. */
    default void onTransactionLost(long now) {
    }
}
