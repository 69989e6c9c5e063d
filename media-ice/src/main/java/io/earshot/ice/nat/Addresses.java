package io.earshot.ice.nat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Which addresses are private, which are near, and which a peer cannot mean. */
public final class Addresses {
    /** An address of this machine with the length of its network's prefix. */
    public record Network(InetAddress address, int prefix) {
        /** Tells whether another address is in the same network. */
        public boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length || prefix < 0 || prefix > mine.length * 8) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Addresses() {
    }

    /** Tells whether an address means nothing outside its own network: RFC 1918, RFC 6598, RFC 4193, link-local, loopback. */
    public static boolean isPrivate(InetAddress address) {
        byte[] ip = address.getAddress();
        boolean carrier = address instanceof Inet4Address && ip[0] == 100 && (ip[1] & 0xC0) == 64;
        boolean unique = ip.length == 16 && (ip[0] & 0xFE) == 0xFC;
        return carrier || unique || address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress()
            || address.isAnyLocalAddress();
    }

    /**
     * Repairs the address of a peer that told its private one although it is elsewhere: what its signalling comes from, with the port it
     * told, is the better guess until its media shows the truth.
     *
     * @param described what its SDP says
     * @param signalling where its SIP messages come from
     * @param networks our own networks
     */
    public static InetSocketAddress repair(InetSocketAddress described, InetAddress signalling, List<Network> networks) {
        InetAddress address = described.getAddress();
        if (address == null || address.isAnyLocalAddress() && described.getPort() != 0) {
            return address == null ? described : new InetSocketAddress(signalling, described.getPort());
        }
        boolean reachable = networks.stream().anyMatch(network -> network.contains(address));
        boolean wrong = isPrivate(address) && !isPrivate(signalling) && !reachable;
        return wrong ? new InetSocketAddress(signalling, described.getPort()) : described;
    }

    /**
     * Tells whether a peer is in our own network, so that media needs no server and no NAT: it told an address in one of our networks,
     * and, where both public addresses are known, they are the same.
     */
    public static boolean isLanPeer(InetAddress told, List<Network> networks, List<InetAddress> ourPublic, List<InetAddress> theirPublic) {
        boolean near = networks.stream().anyMatch(network -> !network.address().equals(told) && network.contains(told));
        boolean known = !ourPublic.isEmpty() && !theirPublic.isEmpty();
        return near && isPrivate(told) && (!known || ourPublic.stream().anyMatch(theirPublic::contains));
    }
}
