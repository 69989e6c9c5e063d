package io.earshot.transport.tunnel;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.transport.tunnel.core.ClientCore;
import io.earshot.transport.tunnel.core.ClientOutput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sockets for RTP and RTCP that are at the gateway. Some are had before anybody asks, for an answer with their addresses may not wait for
 * the gateway.
 */
final class TunnelMedia implements MediaTransportProvider {
    private static final int READY = 4;

    private final ClientTunnel tunnel;
    private final ConcurrentLinkedQueue<Pair> ready = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<Pair>> last = new AtomicReference<>(Optional.empty());
    // On the tunnel's thread.
    private final Map<Integer, Pair> pairs = new HashMap<>();

    /** What the gateway has for us. */
    private static final class Pair {
        private final int channel;
        private final AtomicReference<InetSocketAddress> rtp = new AtomicReference<>();
        private final AtomicReference<InetSocketAddress> rtcp = new AtomicReference<>();
        private final AtomicReference<Optional<Socket>> first = new AtomicReference<>(Optional.empty());
        private final AtomicReference<Optional<Socket>> second = new AtomicReference<>(Optional.empty());
        private final AtomicInteger users = new AtomicInteger();
        private boolean known;

        Pair(int channel) {
            this.channel = channel;
        }
    }

    TunnelMedia(ClientTunnel tunnel) {
        this.tunnel = tunnel;
    }

    void begin(ClientCore core) {
        for (int i = 0; i < READY; i++) {
            reserve(core);
        }
    }

    private void reserve(ClientCore core) {
        Pair pair = new Pair(core.openMedia());
        pairs.put(pair.channel, pair);
    }

    /** The gateway has let us in. What it has to give anew may be elsewhere, so nobody gets it before that is known. */
    void linked(boolean resumed) {
        if (!resumed) {
            for (Pair pair = ready.poll(); pair != null; pair = ready.poll()) {
                pair.known = false;
            }
        }
    }

    /** Tells whether the gateway has answered all that it was asked for. */
    boolean isSettled() {
        return pairs.values().stream().allMatch(pair -> pair.known);
    }

    void opened(int channel, InetSocketAddress address) {
        Pair pair = pairs.get(channel & ~1);
        if (pair == null) {
            return;
        }
        (channel % 2 == 0 ? pair.rtp : pair.rtcp).set(address);
        if (channel % 2 == 1 && !pair.known) {
            pair.known = true;
            ready.add(pair);
        }
    }

    /** The gateway does not give us a pair now, or takes one back: it is asked for another one after a while, if no call had it. */
    void gone(ClientOutput.Gone gone) {
        Pair pair = pairs.remove(gone.channel());
        if (pair != null && (ready.remove(pair) || !pair.known)) {
            tunnel.later(() -> reserve(tunnel.core()));
        }
    }

    void received(ClientOutput.Received received) {
        Pair pair = pairs.get(received.channel() & ~1);
        if (pair == null) {
            return;
        }
        Optional<Socket> socket = (received.channel() % 2 == 0 ? pair.first : pair.second).get();
        if (socket.isPresent()) {
            ByteBuffer copy = ByteBuffer.allocate(received.payload().remaining()).put(received.payload()).flip();
            socket.get().loop.execute(() -> socket.get().take(received.peer(), copy));
        }
    }

    @Override
    public String name() {
        return "tunnel";
    }

    @Override
    public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
        boolean second = bind.getPort() % 2 == 1;
        Optional<Pair> pair = second ? last.getAndSet(Optional.empty()) : Optional.ofNullable(ready.poll());
        if (pair.isEmpty()) {
            throw new IOException("the tunnel has no socket for this call ready: " + tunnel.describe());
        }
        if (!second) {
            last.set(pair);
            tunnel.execute(() -> reserve(tunnel.core()));
        }
        Socket socket = new Socket(pair.get(), second, loop, receiver);
        pair.get().users.incrementAndGet();
        (second ? pair.get().second : pair.get().first).set(Optional.of(socket));
        return socket;
    }

    private void release(Pair pair) {
        if (pair.users.decrementAndGet() == 0) {
            tunnel.execute(() -> {
                if (pairs.remove(pair.channel) != null) {
                    tunnel.core().close(pair.channel);
                }
            });
        }
    }

    /** The end of a call; confined to its loop. */
    private final class Socket implements MediaSocket {
        private final Pair pair;
        private final boolean second;
        private final IoLoop loop;
        private final MediaReceiver receiver;
        private boolean closed;

        Socket(Pair pair, boolean second, IoLoop loop, MediaReceiver receiver) {
            this.pair = pair;
            this.second = second;
            this.loop = loop;
            this.receiver = receiver;
        }

        void take(InetSocketAddress peer, ByteBuffer datagram) {
            if (!closed) {
                receiver.received(peer, datagram);
            }
        }

        @Override
        public InetSocketAddress localAddress() {
            return (second ? pair.rtcp : pair.rtp).get();
        }

        @Override
        public boolean tunnelled() {
            return true;
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            if (closed || !tunnel.isLinked()) {
                return false;
            }
            ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
            tunnel.execute(() -> tunnel.core().send(pair.channel + (second ? 1 : 0), peer, copy, tunnel.now()));
            return true;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                (second ? pair.second : pair.first).set(Optional.empty());
                release(pair);
            }
        }
    }
}
