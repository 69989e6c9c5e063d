package io.earshot.sip.ua;

/**
 * Names an {@link SipEngine#options OPTIONS query} within one engine. Never on the wire.
 *
 * @param value counts up from 1
 */
public record QueryId(long value) {
    @Override
    public String toString() {
        return "query-" + value;
    }
}
