package io.earshot.sdk.internal.media.path;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine that a call may be at (RFC 8445 §5.1.1.1). */
public final class HostAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);
    /** How many a call has besides that of its SDP. */
    static final int MOST = 4;
    private static final int PREFIX = 8;

    private HostAddresses() {
    }

    /** Returns those of the interfaces that are up, in the system's order; blocks. */
    public static List<InetAddress> ofThisMachine() {
        List<InetAddress> all = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp()) {
                    each.inetAddresses().map(HostAddresses::unscoped).forEach(all::add);
                }
            }
        } catch (SocketException unreadable) {
            LOG.debug("The addresses of this machine cannot be read: {}", unreadable.getMessage());
        }
        return all;
    }

    private static InetAddress unscoped(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    /**
     * Returns which of these a call is to be at besides its first: IPv6 and IPv4 by turns, four at most. Left out are those of links alone,
     * those of this machine alone unless the call is within it, site-local ones, and those of the prefix of a better one: one that tells
     * nothing of the hardware.
     */
    static List<InetAddress> besides(InetAddress first, List<InetAddress> all) {
        List<InetAddress> fit = new ArrayList<>();
        for (InetAddress each : all) {
            if (!each.equals(first) && isFit(each, first.isLoopbackAddress()) && !isSamePrefix(each, first) && !fit.contains(each)
                    && (!tellsHardware(each) || all.stream().noneMatch(one -> isSamePrefix(one, each) && !tellsHardware(one)))
                    && fit.stream().noneMatch(one -> isSamePrefix(one, each))) {
                fit.add(each);
            }
        }
        List<InetAddress> six = fit.stream().filter(Inet6Address.class::isInstance).toList();
        List<InetAddress> four = fit.stream().filter(each -> !(each instanceof Inet6Address)).toList();
        List<InetAddress> mixed = new ArrayList<>();
        for (int at = 0; at < fit.size(); at++) {
            int turn = at;
            Stream.of(six, four).filter(family -> turn < family.size()).map(family -> family.get(turn)).forEach(mixed::add);
        }
        return List.copyOf(mixed.subList(0, Math.min(MOST, mixed.size())));
    }

    private static boolean isFit(InetAddress address, boolean within) {
        if (address.isLoopbackAddress() || within) {
            return address.isLoopbackAddress() && within;
        }
        boolean six = address instanceof Inet6Address;
        return !address.isAnyLocalAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress()
                && !(six && (address.isSiteLocalAddress() || ((Inet6Address) address).isIPv4CompatibleAddress()));
    }

    /** The same network of IPv6, in which one address is as good as another. */
    private static boolean isSamePrefix(InetAddress one, InetAddress other) {
        return one instanceof Inet6Address && other instanceof Inet6Address && !one.isLoopbackAddress()
                && Arrays.equals(one.getAddress(), 0, PREFIX, other.getAddress(), 0, PREFIX);
    }

    /** Made from the number of a network card (RFC 4291 appendix A), by which one is known wherever one goes. */
    private static boolean tellsHardware(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length > 4 && bytes[PREFIX + 3] == (byte) 0xFF && bytes[PREFIX + 4] == (byte) 0xFE;
    }
}
