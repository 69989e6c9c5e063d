package io.earshot.api.transport.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What a {@link SipTransport} tells its owner, always on the owner's {@link IoLoop}. */
public interface SipTransportListener {
    /**
     * Bytes came in.
     *
     * @param flow where from, and the way back
     * @param data valid until this returns: copy what is to be kept
     */
    void received(Flow flow, ByteBuffer data);

    /**
     * A send failed after it was accepted: refused port (ICMP), no route, connection refused, TLS failure, write queue full.
     *
     * @param reason a sentence a human can act on
     */
    void sendFailed(InetSocketAddress peer, String reason);

    /** A connection ended; every transaction on it must find another way. Never called by a connectionless transport. */
    void closed(Flow flow, String reason);

    /** A connection that {@link SipTransport#connect} asked for can be used. */
    default void connected(InetSocketAddress peer) {
    }
}
