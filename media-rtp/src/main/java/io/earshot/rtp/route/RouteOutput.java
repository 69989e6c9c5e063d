package io.earshot.rtp.route;

import java.net.InetSocketAddress;

/** Everything that a {@link RouteFinder} asks of its owner or tells it. */
public sealed interface RouteOutput {
    /** Send this datagram from the socket. */
    record Transmit(InetSocketAddress remote, byte[] datagram) implements RouteOutput { }

    /** A datagram of the peer that came through a relay. */
    record Relayed(InetSocketAddress source, byte[] datagram) implements RouteOutput { }

    /** Write the offer or answer now. */
    record Gathered() implements RouteOutput { }

    /** Look up this name. */
    record Resolve(String name) implements RouteOutput { }

    /**
     * There is a route, or another one than before.
     *
     * @param remote where the peer is
     * @param relayed whether to send by {@link RouteFinder#send} rather than from the socket
     * @param kind of both ends, as {@code host-srflx}
     */
    record Selected(InetSocketAddress remote, boolean relayed, String kind) implements RouteOutput { }

    /** There is no route, or none any more. */
    record Lost(String reason) implements RouteOutput { }

    /** Nothing more for now; call {@link RouteFinder#onTime} at this time, if nothing else happens before. */
    record Wait(long deadline) implements RouteOutput { }
}
