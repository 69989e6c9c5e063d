package io.earshot.transport.tunnel.core;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The gateway's sockets. */
public interface Outside {
    /**
     * Binds a UDP port, and the next one too if a pair is wanted, the first being even then.
     *
     * @param wanted a port that was had before, or 0
     * @throws IOException when there is none; its message says why
     */
    Socket[] bind(int wanted, int count, Receiver receiver) throws IOException;

    /**
     * Begins to connect to a server by TCP.
     *
     * @throws IOException when there is no way; its message says why
     */
    default Stream connect(InetSocketAddress peer, StreamReceiver receiver) throws IOException {
        throw new IOException("there is no TCP here");
    }

    /** Tells whether that is a port bound here for a user, who may be another one's peer. */
    default boolean isOwn(InetSocketAddress peer) {
        return false;
    }

    /** A bound port. */
    interface Socket {
        /** Returns the address that peers see. */
        InetSocketAddress address();

        /** Sends a datagram, or drops it. */
        void send(InetSocketAddress peer, ByteBuffer payload);

        /** Unbinds the port. */
        void close();
    }

    /** A TCP connection. */
    interface Stream {
        /** Sends bytes. Returns whether they were taken: not if too much waits already. */
        boolean send(ByteBuffer part);

        /** Ends it; nothing more is told. */
        void close();
    }

    /** Hears of a TCP connection. */
    interface StreamReceiver {
        /** It is there. @param local our end */
        void opened(InetSocketAddress local);

        /** Bytes came. */
        void received(ByteBuffer bytes);

        /** It is gone, or could not be had. */
        void closed();
    }

    /** Takes datagrams. */
    interface Receiver {
        /** One datagram. @param index of the socket among those bound together */
        void received(int index, InetSocketAddress peer, ByteBuffer payload);
    }
}
