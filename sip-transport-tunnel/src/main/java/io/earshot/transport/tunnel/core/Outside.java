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

    /** A bound port. */
    interface Socket {
        /** Returns the address that peers see. */
        InetSocketAddress address();

        /** Sends a datagram, or drops it. */
        void send(InetSocketAddress peer, ByteBuffer payload);

        /** Unbinds the port. */
        void close();
    }

    /** Takes datagrams. */
    interface Receiver {
        /** One datagram. @param index of the socket among those bound together */
        void received(int index, InetSocketAddress peer, ByteBuffer payload);
    }
}
