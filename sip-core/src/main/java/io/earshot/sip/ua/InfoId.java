package io.earshot.sip.ua;

/**
 * Names an {@link Infos INFO request} that was sent within one engine. Never on the wire.
 *
 * @param value counts up from 1
 */
public record InfoId(long value) {
    @Override
    public String toString() {
        return "info-" + value;
    }
}
