package io.earshot.rtp.route;

import java.net.InetSocketAddress;

/** Everything that a {@link RouteFinder} asks of its owner or tells it. */
public sealed interface RouteOutput {
    /** Send this datagram from the socket of that address of ours. */
    record Transmit(InetSocketAddress local, InetSocketAddress remote, byte[] datagram) implements RouteOutput { }

    /** A datagram of the peer that came through a relay; {@code reports}: the one for RTCP on a port of its own. */
    record Relayed(boolean reports, InetSocketAddress source, byte[] datagram) implements RouteOutput { }

    /** Write the offer or answer now. */
    record Gathered() implements RouteOutput { }

    /**
     * A candidate was found after {@link Gathered}: where there is no route yet, tell the peer {@link RouteFinder#attributes} once more.
     */
    record Late() implements RouteOutput { }

    /** Nothing more will be found, after a {@link Gathered} that came before all servers had answered. */
    record Complete() implements RouteOutput { }

    /** Look up this name. */
    record Resolve(String name) implements RouteOutput { }

    /**
     * There is a route, or another one than before.
     *
     * @param reports whether it is that of RTCP on a port of its own
     * @param local which socket of ours it begins at
     * @param remote where the peer is
     * @param relayed whether to send by the finder rather than from the socket
     * @param ours what our end is, as ICE's SDP calls it: {@code host}, {@code srflx}, {@code prflx}, {@code relay}
     * @param theirs what the peer's is
     */
    record Selected(boolean reports, InetSocketAddress local, InetSocketAddress remote, boolean relayed, String ours, String theirs)
            implements RouteOutput { }

    /**
     * Open a connection to a relay, and answer by {@link RouteFinder#streamOpened} or {@link RouteFinder#streamClosed}.
     *
     * @param stream what to call it
     * @param server where to; with TLS, who it has to be
     */
    record Connect(int stream, InetSocketAddress server, boolean tls) implements RouteOutput { }

    /** Send these bytes on such a connection. */
    record StreamTransmit(int stream, byte[] data) implements RouteOutput { }

    /** Close such a connection. */
    record Disconnect(int stream) implements RouteOutput { }

    /** A relay is not to be had, or no longer. */
    record RelayLost(InetSocketAddress server, String reason) implements RouteOutput { }

    /** What there is to think of a route by which nothing comes any more. */
    enum Doubt {
        /** The peer has fallen silent and does not answer, or did so until another route was taken. */
        SUSPECT,
        /** {@link RouteFinder#restart} is for us to do, if the peer can be told of it. */
        DEAD,
        /** We are seen at another address than before, so that {@link RouteFinder#restart} is for us to do, at once. */
        MOVED,
        /** What was suspected or dead is well again, or another search has begun. */
        OVER
    }

    /** There is a doubt, or an end to it. */
    record Doubtful(Doubt doubt) implements RouteOutput { }

    /** There is no route for RTCP on a port of its own, or none any more; what else there is goes on. */
    record ReportsLost(String reason) implements RouteOutput { }

    /** There is no route, or none any more. */
    record Lost(String reason) implements RouteOutput { }

    /** Nothing more for now; call {@link RouteFinder#onTime} at this time, if nothing else happens before. */
    record Wait(long deadline) implements RouteOutput { }
}
