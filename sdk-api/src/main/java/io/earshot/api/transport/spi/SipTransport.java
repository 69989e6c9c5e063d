package io.earshot.api.transport.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An open SIP transport: bytes and addresses, never messages. Confined to its {@link IoLoop}: call it from there only. Nothing blocks;
 * what cannot be done at once is done later, and what fails is told to the {@link SipTransportListener}.
 */
public interface SipTransport extends AutoCloseable {
    /** Returns the provider's {@link SipTransportProvider#protocol() protocol}. */
    String protocol();

    /** Tells whether the transport retransmits by itself (TCP, TLS, WebSocket, …), so that SIP's timers A, E, G do not (RFC 3261 §17). */
    boolean reliable();

    /** Tells whether each {@code received} is one whole message (UDP, WebSocket) and not a piece of a byte stream (TCP, TLS). */
    boolean messageOriented();

    /** Returns the address bound to; its IP may be the wildcard. */
    InetSocketAddress localAddress();

    /**
     * Returns the local address that packets to this peer leave from, by the machine's routes: what goes into Via and Contact.
     * Answers from memory or by a route look-up that does not send anything.
     */
    InetSocketAddress localAddress(InetSocketAddress peer);

    /**
     * Sends to a peer, over an existing connection to it or a new one.
     *
     * @param message from position to limit; the transport has copied or sent it when this returns
     * @param host the name to verify and to send as SNI where there is TLS; otherwise ignored
     */
    void send(InetSocketAddress peer, String host, ByteBuffer message);

    /** Sends over just this flow, as responses and RFC 5626 need; a flow that is gone is reported as failed. */
    void send(Flow flow, ByteBuffer message);

    /**
     * Ends one connection because nothing on it can be understood or trusted any more. What was accepted for it is still sent;
     * {@link SipTransportListener#closed} follows with the same reason, and nothing is received from it after this returns. A flow that
     * is gone, and any flow of a connectionless transport, is ignored.
     *
     * @param reason a sentence for logs
     */
    default void close(Flow flow, String reason) {
    }

    /**
     * Makes sure of a connection to a peer before there is something to send; {@link SipTransportListener#connected} or
     * {@link SipTransportListener#sendFailed} follows. So that one can be chosen of several addresses (RFC 8305).
     *
     * @param host as of {@link #send(InetSocketAddress, String, ByteBuffer)}
     * @return {@code false} from a transport that does not connect ahead: nothing follows then
     */
    default boolean connect(InetSocketAddress peer, String host) {
        return false;
    }

    /** Ends a connection that {@link #connect} asked for and nothing was sent over; any other is left alone. */
    default void abandon(InetSocketAddress peer, String host) {
    }

    /**
     * Takes that a peer wants requests for another address of its own over a connection that it made (RFC 5923 §5). A transport that has
     * not made sure by a certificate that the peer is {@code host} must ignore it.
     *
     * @param flow the peer's connection
     * @param address where requests would go otherwise
     * @param host who the peer says it is
     */
    default void alias(Flow flow, InetSocketAddress address, String host) {
    }

    /** Returns what was counted so far; {@link TransportCounters#ZERO} from a transport that does not count. */
    default TransportCounters counters() {
        return TransportCounters.ZERO;
    }

    /** Closes sockets and connections without waiting. Doing so twice is harmless. */
    @Override
    void close();
}
