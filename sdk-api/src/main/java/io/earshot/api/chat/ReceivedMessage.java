package io.earshot.api.chat;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A message that came in.
 *
 * @param id the sender's name of it, or one of ours where it has none
 * @param peer who sent it: its SIP URI
 * @param displayName the name it gave itself; empty when none
 * @param contentType {@code text/plain}, {@code text/html} or another text type
 * @param text what it says
 * @param sent when it was sent, in the sender's words (RFC 3339); empty when it does not say
 * @param call the call it came in
 * @param wanted what the sender wants to be told
 * @param headers the headers of the request that this engine has no use for, by name; the first value of each
 */
public record ReceivedMessage(String id, String peer, String displayName, String contentType, String text, Optional<String> sent,
        OptionalLong call, Set<OutgoingMessage.Report> wanted, Map<String, String> headers) {
    public ReceivedMessage {
        requireNonNull(id, "id");
        requireNonNull(peer, "peer");
        requireNonNull(displayName, "displayName");
        requireNonNull(contentType, "contentType");
        requireNonNull(text, "text");
        requireNonNull(sent, "sent");
        requireNonNull(call, "call");
        wanted = Set.copyOf(wanted);
        headers = Map.copyOf(headers);
    }
}
