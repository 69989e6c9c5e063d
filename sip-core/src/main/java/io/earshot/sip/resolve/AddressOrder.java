package io.earshot.sip.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/** In which order the addresses of one server are tried. */
@FunctionalInterface
public interface AddressOrder {
    /** IPv4 before IPv6, else as DNS has them. */
    AddressOrder IPV4_FIRST = (protocol, port, addresses) -> family(addresses, true);
    /** IPv6 before IPv4, else as DNS has them. */
    AddressOrder IPV6_FIRST = (protocol, port, addresses) -> family(addresses, false);

    /**
     * Orders them.
     *
     * @param protocol the Via token of the transport
     * @param addresses of one name, in the order of DNS
     * @return the same, in the order to try them in
     */
    List<InetAddress> order(String protocol, int port, List<InetAddress> addresses);

    private static List<InetAddress> family(List<InetAddress> addresses, boolean v4) {
        return addresses.stream().sorted(Comparator.comparing(address -> address instanceof Inet4Address != v4)).toList();
    }
}
