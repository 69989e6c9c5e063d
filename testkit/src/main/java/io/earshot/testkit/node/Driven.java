package io.earshot.testkit.node;

import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A sans-IO machine as a {@link Node} sees it: inputs with the time, then a drain. All calls come from one thread. After every input
 * the node calls {@link #drain}, and it calls {@link #onTime} no later than the deadline that this returned.
 */
public interface Driven {
    /**
     * Bytes came in: a datagram, or a piece of a stream.
     *
     * @param data valid until this returns
     * @param now nanoseconds
     */
    void onDatagram(Flow flow, ByteBuffer data, long now);

    /** The time is {@code now}; deadlines up to it are due. */
    void onTime(long now);

    /**
     * Sends what there is to send.
     *
     * @return the deadline at which to call {@link #onTime}, later than {@code now}; {@link io.earshot.api.time.Ticker#NEVER} for none
     */
    long drain(long now, Sender sender);

    /** A message could not be sent. */
    default void onSendFailed(String protocol, InetSocketAddress peer, String reason, long now) {
    }

    /** There is a connection, as {@link Sender#connect} asked for. */
    default void onConnected(String protocol, InetSocketAddress peer, long now) {
    }

    /** A connection ended. */
    default void onFlowClosed(Flow flow, String reason, long now) {
    }
}
