package io.earshot.sip.ua;

/**
 * Names an account within one {@link SipEngine}. Never on the wire.
 *
 * @param value counts up from 1
 */
public record AccountId(long value) {
    @Override
    public String toString() {
        return "account-" + value;
    }
}
