package io.earshot.sip.dialog;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Parameters;
import java.util.Optional;

/**
 * How one message names the dialog of another: the value of Replaces (RFC 3891), Join (RFC 3911) and, with other names for the tags,
 * Target-Dialog (RFC 4538). Seen from whoever the message is for.
 *
 * @param callId the Call-ID
 * @param toTag the tag of whoever the message is for
 * @param fromTag the tag of its peer
 * @param earlyOnly whether it holds only while the dialog is early
 */
public record DialogReference(String callId, String toTag, String fromTag, boolean earlyOnly) {
    /** What an absent tag is written as (RFC 3891 §6.1): a peer of RFC 2543. */
    private static final String NO_TAG = "0";

    public DialogReference {
        requireNonNull(callId, "callId");
        requireNonNull(toTag, "toTag");
        requireNonNull(fromTag, "fromTag");
    }

    /** Returns how the peer of a dialog is to be told of it. */
    public static DialogReference toPeerOf(DialogId id) {
        return new DialogReference(id.callId(), or0(id.remoteTag()), or0(id.localTag()), false);
    }

    /** Reads a Replaces or Join header; empty when it is none. */
    public static Optional<DialogReference> parse(String value) {
        return parse(value, "to-tag", "from-tag");
    }

    /** Reads a Target-Dialog header; empty when it is none. Its local tag is that of whoever sent it. */
    public static Optional<DialogReference> parseTarget(String value) {
        return parse(value, "remote-tag", "local-tag");
    }

    private static Optional<DialogReference> parse(String value, String toName, String fromName) {
        int semicolon = value.indexOf(';');
        if (semicolon <= 0) {
            return Optional.empty();
        }
        try {
            String callId = value.substring(0, semicolon).strip();
            Parameters parameters = Parameters.parse(value.substring(semicolon));
            Optional<String> to = parameters.get(toName);
            Optional<String> from = parameters.get(fromName);
            boolean complete = !callId.isEmpty() && callId.indexOf(' ') < 0 && to.isPresent() && from.isPresent();
            return complete ? Optional.of(new DialogReference(callId, to.get(), from.get(), parameters.has("early-only")))
                : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Returns a copy that holds only while the dialog is early. */
    public DialogReference whileEarly() {
        return new DialogReference(callId, toTag, fromTag, true);
    }

    /** Returns the dialog at the end of whoever the message is for. */
    public DialogId id() {
        return new DialogId(callId, toTag, fromTag);
    }

    /** Returns the dialog at that end where the peer has no tag, which "0" stands for; empty when it has one. */
    public Optional<DialogId> untagged() {
        return fromTag.equals(NO_TAG) ? Optional.of(new DialogId(callId, toTag, "")) : Optional.empty();
    }

    /** Returns the value of a Target-Dialog header. */
    public String targetDialog() {
        return callId + ";local-tag=" + fromTag + ";remote-tag=" + toTag;
    }

    /** Returns the value of a Replaces or Join header. */
    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }

    private static String or0(String tag) {
        return tag.isEmpty() ? NO_TAG : tag;
    }
}
