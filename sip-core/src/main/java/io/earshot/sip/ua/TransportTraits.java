package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

/**
 * What the engine must know of a transport it can be given bytes from.
 *
 * @param protocol the Via token, upper case
 * @param reliable whether it retransmits by itself
 * @param messageOriented whether each piece received is one whole message, and not part of a stream to be framed
 */
public record TransportTraits(String protocol, boolean reliable, boolean messageOriented) {
    /** Datagrams: RFC 3261 §18. */
    public static final TransportTraits UDP = new TransportTraits("UDP", false, true);
    /** A stream. */
    public static final TransportTraits TCP = new TransportTraits("TCP", true, false);
    /** A stream with certificates. */
    public static final TransportTraits TLS = new TransportTraits("TLS", true, false);
    /** WebSocket, RFC 7118. */
    public static final TransportTraits WS = new TransportTraits("WS", true, true);
    /** Secure WebSocket, RFC 7118. */
    public static final TransportTraits WSS = new TransportTraits("WSS", true, true);

    public TransportTraits {
        requireNonNull(protocol, "protocol");
    }
}
