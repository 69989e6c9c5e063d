package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.HeaderName;

/**
 * A header that the user wants on a message. It is added to what the engine writes and cannot replace a header that dialogs, routing or
 * authentication depend on.
 *
 * @param name the header's name; Via, From, To, Call-ID, CSeq, Contact, Max-Forwards, Route, Record-Route, Content-Length and Content-Type
 *     are the engine's own
 * @param value the value without line breaks
 */
public record ExtraHeader(HeaderName name, String value) {
    public ExtraHeader {
        requireNonNull(name, "name");
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("line break in the value of header " + name.canonical());
        }
        if (Reserved.NAMES.contains(name)) {
            throw new IllegalArgumentException("header " + name.canonical() + " is written by the engine");
        }
    }

    /**
     * Returns the header.
     *
     * @throws IllegalArgumentException if the engine writes this header itself, or the value has a line break
     */
    public static ExtraHeader of(String name, String value) {
        return new ExtraHeader(HeaderName.of(name), value);
    }

    private static final class Reserved {
        private static final java.util.Set<HeaderName> NAMES = java.util.Set.of(HeaderName.VIA, HeaderName.FROM, HeaderName.TO,
            HeaderName.CALL_ID, HeaderName.CSEQ, HeaderName.CONTACT, HeaderName.MAX_FORWARDS, HeaderName.ROUTE, HeaderName.RECORD_ROUTE,
            HeaderName.CONTENT_LENGTH, HeaderName.CONTENT_TYPE);
    }
}
