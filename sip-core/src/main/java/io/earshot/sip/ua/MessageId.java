package io.earshot.sip.ua;

/**
 * Names a {@link Messages message} that was sent within one engine. Never on the wire.
 *
 * @param value counts up from 1
 */
public record MessageId(long value) {
    @Override
    public String toString() {
        return "message-" + value;
    }
}
