package io.earshot.sip.ua;

/** Names a request of {@link RawRequests}, sent or received; unique within an engine. */
public record RawId(long value) {
}
