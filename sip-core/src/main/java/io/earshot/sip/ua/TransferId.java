package io.earshot.sip.ua;

/**
 * Names a transfer (a REFER, sent or received) within one engine. Never on the wire.
 *
 * @param value counts up from 1
 */
public record TransferId(long value) {
    @Override
    public String toString() {
        return "transfer-" + value;
    }
}
