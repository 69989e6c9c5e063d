package io.earshot.sdk.internal.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine that others can reach. */
public final class LocalNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNetworks.class);

    private LocalNetworks() {
    }

    /** Returns the addresses of the interfaces that are up, without loopback and link-local ones; may block. */
    public static Set<String> addresses() {
        Set<String> found = new TreeSet<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback()) {
                    Collections.list(each.getInetAddresses()).stream()
                            .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                            .map(InetAddress::getHostAddress).map(LocalNetworks::withoutZone).forEach(found::add);
                }
            }
        } catch (SocketException gone) {
            LOG.debug("The interfaces cannot be listed now", gone); // one went while it was asked; the next look will tell
        }
        return found;
    }

    private static String withoutZone(String ip) {
        int zone = ip.indexOf('%');
        return zone < 0 ? ip : ip.substring(0, zone);
    }
}
