package io.earshot.sdk.internal.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the router of a network is, as far as a program can know. */
public final class Gateways {
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final int FLAG_GATEWAY = 2;

    private Gateways() {
    }

    /**
     * Returns the router by way of which this address of ours reaches the rest of the world; may block. Linux tells; elsewhere it is
     * taken to have the first address of the network, as most have, and who is not there does not answer.
     */
    public static Optional<InetAddress> of(InetAddress local) {
        if (!(local instanceof Inet4Address)) {
            return Optional.empty();
        }
        try {
            NetworkInterface link = NetworkInterface.getByInetAddress(local);
            if (link == null) {
                return Optional.empty();
            }
            if (Files.isReadable(ROUTES)) {
                return fromTable(Files.readAllLines(ROUTES), link.getName());
            }
            return link.getInterfaceAddresses().stream().filter(each -> each.getAddress().equals(local))
                    .map(InterfaceAddress::getNetworkPrefixLength).findFirst().flatMap(prefix -> first(local, prefix));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Reads Linux's table of routes, whose addresses are in hexadecimal, the last byte first. */
    static Optional<InetAddress> fromTable(List<String> lines, String link) {
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+");
            boolean hex = fields.length > 3 && fields[1].equals("00000000") && fields[2].matches("[0-9A-Fa-f]{8}")
                    && fields[3].matches("[0-9A-Fa-f]{1,8}");
            if (hex && fields[0].equals(link) && (Integer.parseUnsignedInt(fields[3], 16) & FLAG_GATEWAY) != 0) {
                return address(Integer.reverseBytes(Integer.parseUnsignedInt(fields[2], 16)));
            }
        }
        return Optional.empty();
    }

    /** The first address of a network. */
    static Optional<InetAddress> first(InetAddress local, int prefix) {
        if (prefix < 8 || prefix > 30) {
            return Optional.empty();
        }
        byte[] ip = local.getAddress();
        int bits = (ip[0] & 0xFF) << 24 | (ip[1] & 0xFF) << 16 | (ip[2] & 0xFF) << 8 | ip[3] & 0xFF;
        return address((bits & -1 << 32 - prefix) + 1).filter(router -> !router.equals(local));
    }

    private static Optional<InetAddress> address(int bits) {
        try {
            return Optional.of(InetAddress.getByAddress(new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8),
                (byte) bits}));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
