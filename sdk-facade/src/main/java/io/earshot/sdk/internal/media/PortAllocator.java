package io.earshot.sdk.internal.media;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.sdk.internal.media.path.HostSockets;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds pairs of free ports, RTP even and RTCP above it (RFC 3550 §11), going round the range so that a port rests before it is used
 * again: late packets of the last call do not find the next; unless the first free pair is wanted (a step of 0). Confined to the media
 * loop.
 */
public final class PortAllocator {
    private static final Logger LOG = LoggerFactory.getLogger(PortAllocator.class);
    /** One pair in as many may go to calls' other addresses. */
    private static final int SHARE = 4;
    private static final int TRIES = 16;

    private final MediaTransportProvider transport;
    private final InetAddress bind;
    private final int first;
    private final int pairs;
    private final int trafficClass;
    private final int step;
    private int next;
    /** How far from the end of the range the next socket on another address is tried. */
    private int nextBeside;
    private int beside;

    /** The sockets of one call. */
    record Pair(MediaSocket rtp, MediaSocket rtcp) {
        void close() {
            rtp.close();
            rtcp.close();
        }
    }

    /** Makes an allocator of sockets without type of service; otherwise as the other constructor. */
    public PortAllocator(MediaTransportProvider transport, InetAddress bind, int first, int last) {
        this(transport, bind, first, last, 0, 2);
    }

    /**
     * Makes an allocator.
     *
     * @param bind local address, possibly the wildcard
     * @param first even
     * @param last above {@code first}
     * @param trafficClass the IP type-of-service byte, or 0
     * @param step ports from a call's pair to where the next call looks first, rounded up to whole pairs; 0 for the first pair each time
     */
    public PortAllocator(MediaTransportProvider transport, InetAddress bind, int first, int last, int trafficClass, int step) {
        this.step = (step + 1) / 2;
        this.trafficClass = trafficClass;
        this.transport = transport;
        this.bind = bind;
        this.first = first;
        this.pairs = (last - first + 1) / 2;
    }

    /** Returns what opens more sockets of a call, on that loop. */
    HostSockets others(IoLoop loop) {
        return new HostSockets() {
            @Override
            public Optional<MediaSocket> open(InetAddress local, MediaReceiver receiver) {
                return besides(loop, local, receiver);
            }

            @Override
            public Optional<MediaSocket> above(MediaSocket rtp, MediaReceiver receiver) {
                return PortAllocator.this.above(loop, rtp, receiver);
            }
        };
    }

    /** Binds the port above such a socket: its pair has been counted, and nobody else of ours takes it. */
    private Optional<MediaSocket> above(IoLoop loop, MediaSocket rtp, MediaReceiver receiver) {
        InetSocketAddress below = rtp.localAddress();
        InetSocketAddress above = new InetSocketAddress(below.getAddress(), below.getPort() + 1);
        try {
            return Optional.of(transport.open(above, trafficClass, loop, receiver));
        } catch (IOException | IllegalArgumentException refused) {
            LOG.debug("RTCP of the call is not at {}: {}", below.getAddress().getHostAddress(), refused.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Binds one more socket of a call, on another address of this machine than its pair; from the end of the range, and in all no more than
     * a quarter of its pairs, so that calls find theirs. None where the phone itself is bound to one address: the user chose that.
     */
    Optional<MediaSocket> besides(IoLoop loop, InetAddress local, MediaReceiver receiver) {
        for (int tries = 0; bind.isAnyLocalAddress() && beside < pairs / SHARE && tries < Math.min(TRIES, pairs); tries++) {
            int port = first + 2 * (pairs - 1 - nextBeside);
            nextBeside = (nextBeside + 1) % pairs;
            try {
                MediaSocket socket = transport.open(new InetSocketAddress(local, port), trafficClass, loop, receiver);
                beside++;
                return Optional.of(new Beside(socket));
            } catch (BindException taken) {
                continue;
            } catch (IOException | IllegalArgumentException refused) {
                LOG.debug("The call is not at {}: {}", local.getHostAddress(), refused.getMessage());
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Counts itself out when it is closed. */
    private final class Beside implements MediaSocket {
        private final MediaSocket socket;
        private boolean closed;

        Beside(MediaSocket socket) {
            this.socket = socket;
        }

        @Override
        public InetSocketAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            return socket.send(peer, datagram);
        }

        @Override
        public void close() {
            beside -= closed ? 0 : 1;
            closed = true;
            socket.close();
        }
    }

    /**
     * Binds the next free pair.
     *
     * @throws IOException when none is free, or for a reason that another port does not mend
     */
    Pair open(IoLoop loop, MediaReceiver rtp, MediaReceiver rtcp) throws IOException {
        for (int tries = 0; tries < pairs; tries++) {
            int at = (next + tries) % pairs;
            int port = first + 2 * at;
            try {
                MediaSocket even = transport.open(new InetSocketAddress(bind, port), trafficClass, loop, rtp);
                try {
                    Pair pair = new Pair(even, transport.open(new InetSocketAddress(bind, port + 1), trafficClass, loop, rtcp));
                    next = step == 0 ? 0 : (at + step) % pairs;
                    return pair;
                } catch (IOException taken) {
                    even.close();
                    throw taken;
                }
            } catch (BindException taken) {
                // Somebody else has it: go on with the next pair.
                continue;
            }
        }
        throw new IOException("no free pair of RTP ports between " + first + " and " + (first + 2 * pairs - 1)
                + " on " + bind.getHostAddress() + "; widen the range with rtpPorts(first, last)");
    }
}
