package io.earshot.sdk.internal.media;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Sockets within the test: what is sent waits for {@link #deliver()}. Counts RTP packets by payload type. */
final class MemoryTransport implements MediaTransportProvider {
    final Map<InetSocketAddress, MediaReceiver> bound = new HashMap<>();
    final Set<Integer> taken = new HashSet<>();
    final Map<Integer, Integer> rtpByType = new HashMap<>();
    int sent;
    private final Queue<Runnable> flying = new ArrayDeque<>();

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws BindException {
        if (taken.contains(bind.getPort()) || bound.putIfAbsent(bind, receiver) != null) {
            throw new BindException("in use");
        }
        return new MediaSocket() {
            @Override
            public InetSocketAddress localAddress() {
                return bind;
            }

            @Override
            public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
                byte[] copy = new byte[datagram.remaining()];
                datagram.get(copy);
                sent++;
                if (copy.length >= 12 && (copy[1] & 0x7F) < 72 | (copy[1] & 0x7F) > 76) {
                    rtpByType.merge(copy[1] & 0x7F, 1, Integer::sum);
                }
                flying.add(() -> {
                    MediaReceiver to = bound.get(peer);
                    if (to != null) {
                        to.received(bind, ByteBuffer.wrap(copy));
                    }
                });
                return true;
            }

            @Override
            public void close() {
                bound.remove(bind, receiver);
            }
        };
    }

    void deliver() {
        for (Runnable next = flying.poll(); next != null; next = flying.poll()) {
            next.run();
        }
    }
}
