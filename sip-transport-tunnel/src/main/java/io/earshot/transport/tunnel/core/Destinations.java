package io.earshot.transport.tunnel.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a gateway sends to and takes from. Nowhere, unless said.
 */
public final class Destinations {
    private final List<Range> ranges = new ArrayList<>();

    /** @param port 0 for every one */
    private record Range(byte[] network, int bits, int port) {
        boolean contains(byte[] ip) {
            if (ip.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((ip[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Adds a network.
     *
     * @param bits of the address that count
     * @param port or 0 for every one
     */
    public void add(InetAddress network, int bits, int port) {
        ranges.add(new Range(network.getAddress(), bits, port));
    }

    /** Adds one machine. @param port or 0 for every one */
    public void add(InetAddress address, int port) {
        add(address, 8 * address.getAddress().length, port);
    }

    /** Tells whether something may go there. A group of machines, or the wildcard, is never meant. */
    public boolean allow(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        if (peer.getPort() == 0 || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return false;
        }
        return holds(peer, true);
    }

    /** Tells whether that machine is meant, whatever the port. */
    public boolean allowHost(InetSocketAddress peer) {
        return peer.getPort() != 0 && !peer.getAddress().isMulticastAddress() && holds(peer, false);
    }

    private boolean holds(InetSocketAddress peer, boolean withPort) {
        byte[] ip = peer.getAddress().getAddress();
        for (Range range : ranges) {
            if ((!withPort || range.port == 0 || range.port == peer.getPort()) && range.contains(ip)) {
                return true;
            }
        }
        return false;
    }
}
