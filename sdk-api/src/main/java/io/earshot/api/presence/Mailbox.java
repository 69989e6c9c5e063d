package io.earshot.api.presence;

import java.util.Optional;

/**
 * What lies in a voice mail box (RFC 3842).
 *
 * @param waiting whether there are new messages
 * @param fresh new voice messages
 * @param old voice messages that were heard
 * @param urgent new voice messages that are urgent, among {@code fresh}
 * @param account where to call to hear them, when the server says so
 */
public record Mailbox(boolean waiting, long fresh, long old, long urgent, Optional<String> account) {
}
