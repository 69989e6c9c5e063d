package io.earshot.api.proxy.spi;

import static io.earshot.api.check.Check.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Names that only a proxy can look up. Protocols want addresses, so such a name goes by an address of 240.0.0.0/5, where nobody is (RFC
 * 1112 §4), that carries the name with it.
 */
public final class ProxiedNames {
    private static final int FIRST = 0xF0;
    private static final int PRIME = 16_777_619;

    private ProxiedNames() {
    }

    /**
     * Returns the address that stands for a name. Always the same for one name; two names have the same with a probability of 2^-27.
     *
     * @param name not empty
     */
    public static InetAddress standIn(String name) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < requireNonNull(name, "name").length(); i++) {
            hash = (hash ^ Character.toLowerCase(name.charAt(i))) * PRIME;
        }
        try {
            return InetAddress.getByAddress(name, new byte[] {(byte) (FIRST | hash >>> 24 & 0x07), (byte) (hash >>> 16),
                (byte) (hash >>> 8), (byte) hash});
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    /** Returns the name that an address stands for; empty for the address of a machine. */
    public static Optional<String> name(InetAddress address) {
        byte[] bytes = requireNonNull(address, "address").getAddress();
        if (bytes.length != 4 || (bytes[0] & 0xF8) != FIRST) {
            return Optional.empty();
        }
        String host = new InetSocketAddress(address, 0).getHostString(); // asks nobody
        return host.equals(address.getHostAddress()) ? Optional.empty() : Optional.of(host);
    }

    /** Returns what to tell a proxy of a peer: its name where it is to look it up, else its IP address. */
    public static String target(InetSocketAddress peer) {
        if (requireNonNull(peer, "peer").isUnresolved()) {
            return peer.getHostString();
        }
        String ip = peer.getAddress().getHostAddress();
        int zone = ip.indexOf('%');
        return name(peer.getAddress()).orElse(zone < 0 ? ip : ip.substring(0, zone));
    }
}
