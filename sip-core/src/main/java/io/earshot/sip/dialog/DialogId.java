package io.earshot.sip.dialog;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Request;

/**
 * What names a dialog at one of its ends (RFC 3261 §12).
 *
 * @param callId the Call-ID, compared byte by byte
 * @param localTag our tag
 * @param remoteTag the peer's tag; empty for a peer of RFC 2543 that sends none
 */
public record DialogId(String callId, String localTag, String remoteTag) {
    public DialogId {
        requireNonNull(callId, "callId");
        requireNonNull(localTag, "localTag");
        requireNonNull(remoteTag, "remoteTag");
    }

    /** Returns the dialog that a request received by us is sent within: its To tag is ours. */
    public static DialogId ofReceived(Request request) {
        return new DialogId(request.callId(), request.to().tag().orElse(""), request.from().tag().orElse(""));
    }
}
