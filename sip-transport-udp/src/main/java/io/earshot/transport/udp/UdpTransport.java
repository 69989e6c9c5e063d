package io.earshot.transport.udp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import io.earshot.transport.common.Routes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One UDP socket. The flows it reports carry the address that the socket is bound to, which may be the wildcard: {@link #localAddress(
 * InetSocketAddress)} tells the concrete one, so that a flood from many sources costs no route look-ups.
 */
final class UdpTransport implements SipTransport {
    /** So that a flood cannot keep the loop from its timers; the selector brings us back for the rest. */
    static final int DATAGRAMS_PER_TURN = 64;
    /** Messages that wait for room in the system's send buffer. */
    static final int SEND_QUEUE = 256;
    /** What IPv4 and UDP headers leave of the 16 bit length field. */
    static final int LARGEST_DATAGRAM = 65_507;

    private final DatagramChannel channel;
    private final InetSocketAddress bound;
    private final int maxMessage;
    private final IoLoop loop;
    private final SipTransportListener listener;
    private final Routes routes;
    private final SelectionKey key;
    private final ByteBuffer input;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private final Counts counts = new Counts();

    UdpTransport(DatagramChannel channel, TransportConfig config, IoLoop loop, SipTransportListener listener, Routes routes)
            throws IOException {
        this.channel = channel;
        this.loop = requireNonNull(loop);
        this.listener = requireNonNull(listener);
        this.routes = routes;
        bound = (InetSocketAddress) channel.getLocalAddress();
        maxMessage = Math.min(config.maxMessage(), 65_535);
        input = ByteBuffer.allocateDirect(maxMessage + 1); // one byte more, to tell the too long from the just fitting
        key = loop.register(channel, SelectionKey.OP_READ, this::ready);
    }

    @Override
    public String protocol() {
        return UdpTransportProvider.PROTOCOL;
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public boolean messageOriented() {
        return true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return bound;
    }

    @Override
    public InetSocketAddress localAddress(InetSocketAddress peer) {
        return routes.towards(peer, bound);
    }

    @Override
    public TransportCounters counters() {
        return counts.snapshot();
    }

    @Override
    public void send(Flow flow, ByteBuffer message) {
        send(flow.remote(), "", message);
    }

    @Override
    public void send(InetSocketAddress peer, String host, ByteBuffer message) {
        if (!channel.isOpen()) {
            fail(peer, "the UDP transport is closed");
        } else if (peer.isUnresolved()) {
            fail(peer, "the host name " + peer.getHostString() + " has not been resolved");
        } else if (message.remaining() > LARGEST_DATAGRAM) {
            fail(peer, "a message of " + message.remaining() + " bytes does not fit into a UDP datagram (" + LARGEST_DATAGRAM
                + " at most); use TCP");
        } else if (!waiting.isEmpty()) {
            enqueue(peer, message); // or it would overtake
        } else if (!transmit(peer, message)) {
            enqueue(peer, message);
        }
    }

    /** Returns false when the system has no room now. An error is reported and counts as done. */
    private boolean transmit(InetSocketAddress peer, ByteBuffer message) {
        int length = message.remaining();
        try {
            if (length > 0 && push(peer, message) == 0) {
                return false;
            }
            counts.sent++;
        } catch (IOException | RuntimeException e) { // unchecked ones: unsupported address type, port 0
            routes.clear();
            fail(peer, "sending by UDP to " + peer.getAddress().getHostAddress() + " port " + peer.getPort() + " failed: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
        return true;
    }

    /** An ICMP error of an earlier datagram may surface here; it is not about this one, which therefore gets its try. */
    private int push(InetSocketAddress peer, ByteBuffer message) throws IOException {
        try {
            return channel.send(message, peer);
        } catch (PortUnreachableException e) {
            counts.errors++;
            return channel.send(message, peer);
        }
    }

    private void enqueue(InetSocketAddress peer, ByteBuffer message) {
        if (waiting.size() >= SEND_QUEUE) {
            counts.sendQueueFull++;
            fail(peer, "the network takes no more UDP datagrams: " + SEND_QUEUE + " messages are waiting already");
            return;
        }
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        waiting.add(new Pending(peer, ByteBuffer.wrap(copy)));
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    /** Told later, so that the owner never hears of a failure in the middle of its own call. */
    private void fail(InetSocketAddress peer, String reason) {
        counts.sendFailed++;
        loop.execute(() -> listener.sendFailed(peer, reason));
    }

    private void ready(SelectionKey ready) {
        if (ready.isValid() && ready.isWritable()) {
            flush();
        }
        if (ready.isValid() && ready.isReadable()) {
            receive();
        }
    }

    private void flush() {
        for (Pending next = waiting.peek(); next != null && transmit(next.peer, next.message); next = waiting.peek()) {
            waiting.remove();
        }
        if (waiting.isEmpty()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void receive() {
        for (int i = 0; i < DATAGRAMS_PER_TURN && channel.isOpen(); i++) {
            input.clear();
            try {
                InetSocketAddress source = (InetSocketAddress) channel.receive(input);
                if (source == null) {
                    return;
                }
                deliver(source);
            } catch (PortUnreachableException e) {
                counts.errors++; // ICMP about something sent earlier; the socket is as good as before
            } catch (ClosedChannelException e) {
                return; // closed by the listener
            } catch (IOException e) {
                counts.errors++;
                routes.clear();
                return;
            }
        }
    }

    private void deliver(InetSocketAddress source) {
        input.flip();
        if (input.remaining() > maxMessage) {
            counts.oversize++;
            return;
        }
        counts.received++;
        listener.received(new Flow(UdpTransportProvider.PROTOCOL, bound, source, 0), input);
    }

    @Override
    public void close() {
        waiting.clear();
        try {
            channel.close();
        } catch (IOException e) {
            counts.errors++; // nothing is left to be done about it
        }
    }

    private record Pending(InetSocketAddress peer, ByteBuffer message) { }

    /** Written on the loop only. */
    private static final class Counts {
        private long received;
        private long sent;
        private long oversize;
        private long sendQueueFull;
        private long sendFailed;
        private long errors;

        TransportCounters snapshot() {
            return new TransportCounters(received, sent, oversize, sendQueueFull, sendFailed, errors);
        }
    }
}
