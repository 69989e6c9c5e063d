package io.earshot.rtp.route;

import io.earshot.api.id.IdSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes finders of routes. Found by {@link java.util.ServiceLoader}: without one, media goes where the SDP says. */
public interface RouteFinderProvider {
    /**
     * Makes the finder of one media line.
     *
     * @param controlling whether we made the first offer of the call
     */
    RouteFinder open(RouteConfig config, boolean controlling, IdSource ids);

    /**
     * Makes what asks the router of a network for ports.
     *
     * @param local our address in that network
     * @param gateway the router there, as far as it is known; UPnP finds it by itself
     */
    default Optional<PortMapper> ports(InetAddress local, Optional<InetAddress> gateway, IdSource ids) {
        return Optional.empty();
    }

    /**
     * Begins to find out what kind of NAT stands before a socket.
     *
     * @param local what the socket is bound to
     * @param servers one or two STUN servers
     * @param budget how long it may take
     */
    default Optional<NatProbe> probe(InetSocketAddress local, List<InetSocketAddress> servers, Duration budget, IdSource ids, long now) {
        return Optional.empty();
    }
}
