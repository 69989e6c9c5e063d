package io.earshot.transport.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What lies between messages and a socket: nothing, or TLS. Confined to the loop; reports by {@link Wire}. */
interface Layer {
    /** The socket is connected; {@link Wire#established} follows. */
    void start();

    /** Bytes came from the socket; the buffer is read to its end. */
    void received(ByteBuffer net);

    /** Sends bytes of the owner; only once established. */
    void send(ByteBuffer plain);

    /** The peer has ended the stream; {@link Wire#peerEnded} or {@link Wire#failed} follows. */
    void end();

    /** Says goodbye to the peer, as far as that can be done. */
    void close();

    /** Tells whether this connection was made sure to be to a server of this name, so that requests for it may go here. */
    boolean speaksFor(String host);

    /** Tells whether the peer's certificate is good for this name. */
    default boolean proves(String host) {
        return false;
    }

    /** Makes the layer of one connection. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes it.
         *
         * @param host who the peer should be; the text of its address where nothing else is known
         * @throws IOException if it cannot be made; the message is a sentence
         */
        Layer layer(Wire wire, InetSocketAddress peer, String host, boolean outbound) throws IOException;
    }

    /** What a layer needs of its connection. */
    interface Wire {
        /** Sends to the socket, or queues what it does not take. */
        void write(ByteBuffer net);

        /** Hands bytes to the owner. */
        void deliver(ByteBuffer plain);

        /** The way is open. */
        void established();

        /** The peer said that it will send no more. */
        void peerEnded();

        /** It does not work out; the reason is a sentence. */
        void failed(String reason);

        /** Runs work that takes long elsewhere, without reading from the socket meanwhile, and then the rest on the loop. */
        void work(Runnable work, Runnable then);

        /** Tells whether the connection has ended, as may happen in each of the above. */
        boolean isOver();
    }
}
