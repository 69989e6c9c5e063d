package io.earshot.api.calls;

import java.time.Duration;

/**
 * How the caller wants the call to be answered (RFC 5373 and the headers in use beside it).
 *
 * @param automatic without a person; otherwise by a person
 * @param delay how long to ring first
 * @param header which header said so
 */
public record AnswerMode(boolean automatic, Duration delay, String header) {
}
