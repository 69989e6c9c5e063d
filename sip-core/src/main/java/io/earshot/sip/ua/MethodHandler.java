package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.Request;

/** Takes the requests of one method that is not a matter of {@link Sessions} itself. Put into {@link Extensions}. */
interface MethodHandler {
    /**
     * Takes a request, checked, that is outside any dialog, or within one that this handler {@linkplain #knows knows}. It must be answered
     * sooner or later.
     */
    void onRequest(ServerRequest request, long now);

    /** Takes a request within a dialog of a call, in order of its sequence numbers. It must be answered sooner or later. */
    default void onRequestInCall(ServerRequest request, Session session, Dialog dialog, long now) {
        onRequest(request, now);
    }

    /** Tells whether a request with a To tag is within a dialog that this handler keeps (a subscription's, say). */
    default boolean knows(Request request) {
        return false;
    }

    /** Tells whether a request of a method that others take too is for this handler; one for an event package claims only that. */
    default boolean claims(Request request) {
        return true;
    }
}
