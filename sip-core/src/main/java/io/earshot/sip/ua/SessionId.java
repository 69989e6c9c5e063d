package io.earshot.sip.ua;

/**
 * Names a call within one {@link SipEngine}, whatever its Call-ID and its forks. Never on the wire.
 *
 * @param value counts up from 1
 */
public record SessionId(long value) {
    @Override
    public String toString() {
        return "session-" + value;
    }
}
