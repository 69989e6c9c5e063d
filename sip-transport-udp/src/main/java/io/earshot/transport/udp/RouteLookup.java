package io.earshot.transport.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** Asks the system which of its addresses it would send from. */
final class RouteLookup {
    /** Any port but 0 will do: connecting a datagram socket chooses a route and sends nothing. */
    private static final int DISCARD = 9;

    private RouteLookup() {
    }

    /** Returns the address that packets to this peer leave from, without scope id; empty when there is no route. */
    static Optional<InetAddress> localAddressTowards(InetAddress peer) {
        StandardProtocolFamily family = peer instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel scratch = DatagramChannel.open(family)) {
            scratch.connect(new InetSocketAddress(peer, DISCARD));
            InetAddress local = ((InetSocketAddress) scratch.getLocalAddress()).getAddress();
            return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(InetAddress.getByAddress(local.getAddress()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
