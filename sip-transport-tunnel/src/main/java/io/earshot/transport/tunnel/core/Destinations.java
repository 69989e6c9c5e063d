package io.earshot.transport.tunnel.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a gateway sends to and takes from. Nowhere, unless said. A network that is wider than a reserved one, as {@code 0.0.0.0/0} is, does
 * not mean the reserved one: who wants that writes it. Ports below 1024 are meant only where they are written.
 */
public final class Destinations {
    private static final int FIRST_PORT = 1_024;

    private final List<Range> ranges = new ArrayList<>();

    /** @param port 0 for every one */
    private record Range(Block block, int port) { }

    /**
     * Adds a network.
     *
     * @param bits of the address that count
     * @param port or 0 for every one from 1024 on
     */
    public void add(InetAddress network, int bits, int port) {
        ranges.add(new Range(new Block(network, bits), port));
    }

    /** Adds one machine. @param port or 0 for every one from 1024 on */
    public void add(InetAddress address, int port) {
        add(address, 8 * address.getAddress().length, port);
    }

    /** Tells whether something may go there. A group of machines, or the wildcard, is never meant. */
    public boolean allow(InetSocketAddress peer) {
        return holds(peer, true);
    }

    /** Tells whether that machine is meant, whichever of its ports from 1024 on. */
    public boolean allowHost(InetSocketAddress peer) {
        return peer.getPort() >= FIRST_PORT && holds(peer, false) || allow(peer);
    }

    private boolean holds(InetSocketAddress peer, boolean withPort) {
        InetAddress address = peer.getAddress();
        if (peer.getPort() == 0 || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return false;
        }
        for (Range range : ranges) {
            boolean port = !withPort || (range.port == 0 ? peer.getPort() >= FIRST_PORT : range.port == peer.getPort());
            if (port && range.block.contains(address) && Block.RESERVED.stream()
                    .noneMatch(own -> own.contains(address) && !own.contains(range.block))) {
                return true;
            }
        }
        return false;
    }
}
