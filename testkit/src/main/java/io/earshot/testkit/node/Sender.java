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

    /** Closes a connection after what was sent over it; {@link Driven#onFlowClosed} follows. */
    default void close(Flow flow, String reason) {
    }
}
