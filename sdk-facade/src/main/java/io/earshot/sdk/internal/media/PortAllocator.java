package io.earshot.sdk.internal.media;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Finds pairs of free ports, RTP even and RTCP above it (RFC 3550 §11), going round the range so that a port rests before it is used
 * again: late packets of the last call do not find the next; unless the first free pair is wanted. Confined to the media loop.
 */
public final class PortAllocator {
    private final MediaTransportProvider transport;
    private final InetAddress bind;
    private final int first;
    private final int pairs;
    private final int trafficClass;
    private final boolean reuse;
    private int next;

    /** The sockets of one call. */
    record Pair(MediaSocket rtp, MediaSocket rtcp) {
        void close() {
            rtp.close();
            rtcp.close();
        }
    }

    /** Makes an allocator of sockets without type of service; otherwise as the other constructor. */
    public PortAllocator(MediaTransportProvider transport, InetAddress bind, int first, int last) {
        this(transport, bind, first, last, 0, false);
    }

    /**
     * Makes an allocator.
     *
     * @param bind local address, possibly the wildcard
     * @param first even
     * @param last above {@code first}
     * @param trafficClass the IP type-of-service byte, or 0
     * @param reuse whether to begin with the first pair each time, rather than behind the last one
     */
    public PortAllocator(MediaTransportProvider transport, InetAddress bind, int first, int last, int trafficClass, boolean reuse) {
        this.reuse = reuse;
        this.trafficClass = trafficClass;
        this.transport = transport;
        this.bind = bind;
        this.first = first;
        this.pairs = (last - first + 1) / 2;
    }

    /**
     * Binds the next free pair.
     *
     * @throws IOException when none is free, or for a reason that another port does not mend
     */
    Pair open(IoLoop loop, MediaReceiver rtp, MediaReceiver rtcp) throws IOException {
        next = reuse ? 0 : next;
        for (int tries = 0; tries < pairs; tries++) {
            int port = first + 2 * next;
            next = (next + 1) % pairs;
            try {
                MediaSocket even = transport.open(new InetSocketAddress(bind, port), trafficClass, loop, rtp);
                try {
                    return new Pair(even, transport.open(new InetSocketAddress(bind, port + 1), trafficClass, loop, rtcp));
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
