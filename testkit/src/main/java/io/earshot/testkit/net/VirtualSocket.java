package io.earshot.testkit.net;

import java.net.InetSocketAddress;

/** A bare datagram socket of a {@link VirtualHost}, for tests that play a peer by hand. */
public final class VirtualSocket implements AutoCloseable {
    private final VirtualHost host;
    private final InetSocketAddress bound;
    private final Receiver receiver;
    private final boolean media;
    private boolean closed;

    VirtualSocket(VirtualHost host, InetSocketAddress bound, Receiver receiver, boolean media) {
        this.host = host;
        this.bound = bound;
        this.receiver = receiver;
        this.media = media;
    }

    /** Returns the address bound to. */
    public InetSocketAddress localAddress() {
        return bound;
    }

    /** Sends a datagram. */
    public void send(InetSocketAddress peer, byte[] data) {
        if (!closed) {
            host.network().datagram(host, host.sourceTowards(bound, peer), peer, data.clone(), media);
        }
    }

    void deliver(InetSocketAddress source, byte[] data) {
        if (!closed) {
            receiver.received(source, data.clone());
        }
    }

    boolean media() {
        return media;
    }

    /** Closes the socket; what is on its way is dropped on arrival. */
    @Override
    public void close() {
        closed = true;
        host.close(this);
    }

    /** Takes datagrams. */
    @FunctionalInterface
    public interface Receiver {
        /** One datagram, the receiver's own copy. */
        void received(InetSocketAddress source, byte[] data);
    }
}
