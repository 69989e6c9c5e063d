package io.earshot.transport.common;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * SIP over UDP whose datagrams go through something else first: counts, refuses and tells; how they go is the heirs' affair. Confined to
 * its loop.
 */
public abstract class RelayedDatagrams implements SipTransport {
    /** The protocol that the world sees. */
    public static final String PROTOCOL = "UDP";
    /** What IPv4 and UDP headers leave of the 16 bit length field. */
    public static final int LARGEST = 65_507;

    private final int maxMessage;
    private final IoLoop loop;
    private final SipTransportListener listener;
    private final String way;
    private boolean closed;
    private long received;
    private long sent;
    private long oversize;
    private long failed;

    /** Makes one. @param way ends "UDP to a peer" in sentences, as " through the tunnel"; may be empty */
    protected RelayedDatagrams(TransportConfig config, IoLoop loop, SipTransportListener listener, String way) {
        this.maxMessage = config.maxMessage();
        this.loop = loop;
        this.listener = listener;
        this.way = way;
    }

    /** Sends a datagram, or returns why that cannot be. It is neither empty nor too long, and its peer has an address. */
    protected abstract Optional<String> transmit(InetSocketAddress peer, ByteBuffer message);

    /** Gives back what it goes through. */
    protected abstract void release();

    /** Takes a datagram that came; on the loop. */
    public final void take(InetSocketAddress peer, ByteBuffer message) {
        if (closed) {
            return;
        }
        if (message.remaining() > maxMessage) {
            oversize++;
            return;
        }
        received++;
        listener.received(new Flow(PROTOCOL, localAddress(), peer, 0), message);
    }

    @Override
    public final String protocol() {
        return PROTOCOL;
    }

    @Override
    public final boolean reliable() {
        return false;
    }

    @Override
    public final boolean messageOriented() {
        return true;
    }

    @Override
    public final void send(InetSocketAddress peer, String host, ByteBuffer message) {
        if (closed) {
            return;
        }
        Optional<String> problem = peer.isUnresolved() ? Optional.of("the name has not been looked up")
            : message.remaining() > LARGEST
                ? Optional.of("a message of " + message.remaining() + " bytes does not fit into a datagram; use TCP")
            : message.hasRemaining() ? transmit(peer, message) : Optional.empty();
        if (problem.isEmpty()) {
            sent++;
        } else {
            fail(peer, problem.get());
        }
    }

    /** Tells that a datagram did not go; later, so that the owner never hears of it in the middle of its own call. On the loop. */
    public final void fail(InetSocketAddress peer, String reason) {
        failed++;
        loop.execute(() -> {
            if (!closed) {
                listener.sendFailed(peer, PROTOCOL + " to " + Reasons.text(peer) + way + ": " + reason);
            }
        });
    }

    @Override
    public final void send(Flow flow, ByteBuffer message) {
        send(flow.remote(), "", message);
    }

    @Override
    public final TransportCounters counters() {
        return new TransportCounters(received, sent, oversize, 0, failed, 0);
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }
}
