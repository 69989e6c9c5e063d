package io.earshot.api.presence;

import java.time.Duration;
import java.util.Optional;

/**
 * A phone that is registered at an address (RFC 3680).
 *
 * @param contact its Contact
 * @param displayName its name; may be empty
 * @param expires how long it is registered, when the server says so
 */
public record Device(String contact, String displayName, Optional<Duration> expires) {
}
