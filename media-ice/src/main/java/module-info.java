/**
 * Ways through NATs and firewalls: STUN (RFC 8489), TURN (RFC 8656), ICE (RFC 8445), the type of a NAT, and port mapping.
 *
 * <p>Sans-IO: no socket, thread, clock or lock. Every machine takes an input and {@code long now}, in nanoseconds of one
 * {@link io.earshot.api.time.Ticker}, and queues outputs that its owner polls; the last one is the deadline at which it wants to be
 * woken. Objects are confined to the thread of their owner. Bytes from the network get a verdict, never an exception.
 *
 * @provides io.earshot.rtp.route.RouteFinderProvider ICE
 */
module io.earshot.ice {
    requires transitive io.earshot.api;
    requires transitive io.earshot.rtp;
    requires java.xml; // descriptions of UPnP devices

    exports io.earshot.ice.agent;
    exports io.earshot.ice.nat;
    exports io.earshot.ice.portmap;
    exports io.earshot.ice.sdp;
    exports io.earshot.ice.stun;
    exports io.earshot.ice.turn;

    provides io.earshot.rtp.route.RouteFinderProvider with io.earshot.ice.agent.IceRouteProvider;
}
