package io.earshot.api.transport.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** An open datagram socket for media. Confined to its {@link IoLoop}. Steady state allocates nothing. */
public interface MediaSocket extends AutoCloseable {
    /** Returns the address bound to. */
    InetSocketAddress localAddress();

    /**
     * Sends one datagram from position to limit, or drops it when the system's buffer is full: late audio is worth nothing.
     *
     * @return whether it was handed to the system
     */
    boolean send(InetSocketAddress peer, ByteBuffer datagram);

    /** Tells whether it is somewhere else, at the end of a tunnel of ours. */
    default boolean tunnelled() {
        return false;
    }

    /** Tells whether its datagrams go through a proxy, or will as soon as it lets us. */
    default boolean proxied() {
        return false;
    }

    /** Closes the socket. Doing so twice is harmless. */
    @Override
    void close();
}
