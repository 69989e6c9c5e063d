package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * What names an answered call on the wire (RFC 3261 §12), for telling other phones of it: to replace it or to join it, see
 * {@link CallOptions#withReplacing} and {@link CallOptions#withJoining}.
 *
 * @param callId the Call-ID
 * @param localTag our tag
 * @param remoteTag the peer's tag
 */
public record CallDialog(String callId, String localTag, String remoteTag) {
    public CallDialog {
        requireNonNull(callId, "callId");
        requireNonNull(localTag, "localTag");
        requireNonNull(remoteTag, "remoteTag");
    }
}
