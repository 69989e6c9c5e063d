package io.earshot.api.raw;

import static java.util.Objects.requireNonNull;

/**
 * A SIP message as it went over the wire.
 *
 * @param sent whether we sent it; otherwise it came in
 * @param transport as {@code UDP}
 * @param peer the other end, {@code address:port}
 * @param text the whole message, bytes read as UTF-8; it may hold credentials and what people write to each other
 */
public record SipTraffic(boolean sent, String transport, String peer, String text) {
    /** Checks that nothing is missing. */
    public SipTraffic {
        requireNonNull(transport, "transport");
        requireNonNull(peer, "peer");
        requireNonNull(text, "text");
    }
}
