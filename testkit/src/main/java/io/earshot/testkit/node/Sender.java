package io.earshot.testkit.node;

import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** How a {@link Driven} machine sends, during {@link Driven#drain}. What fails is told to it later. */
public interface Sender {
    /**
     * Sends to a peer.
     *
     * @param protocol of a transport that the node has open
     * @param host the name to verify where there is TLS
     */
    void send(String protocol, InetSocketAddress peer, String host, ByteBuffer message);

    /** Sends over just this flow. */
    void send(Flow flow, ByteBuffer message);

    /**
     * Makes sure of a connection; {@link Driven#onConnected} or {@link Driven#onSendFailed} follows.
     *
     * @return {@code false} where connections cannot be made ahead: nothing follows then
     */
    default boolean connect(String protocol, InetSocketAddress peer, String host) {
        return false;
    }

    /** Ends a connection that {@link #connect} asked for and nothing was sent over it. */
    default void abandon(String protocol, InetSocketAddress peer, String host) {
    }

    /** Lets a connection of a peer serve another address of that peer (RFC 5923), if the transport has made sure who it is. */
    default void alias(Flow flow, InetSocketAddress address, String host) {
    }

    /** Closes a connection after what was sent over it; {@link Driven#onFlowClosed} follows. */
    default void close(Flow flow, String reason) {
    }
}
