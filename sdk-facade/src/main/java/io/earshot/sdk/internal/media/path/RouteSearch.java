package io.earshot.sdk.internal.media.path;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.route.RouteFinder;
import java.net.InetAddress;
import java.util.List;

/**
 * What looks for ways in one call.
 *
 * @param dialer connects to relays
 * @param addresses of this machine, as far as a call may be at others than that of its SDP
 * @param reports whether RTCP is to have a way too, as it may not share the port of RTP
 */
public record RouteSearch(RouteFinder finder, RelayDialer dialer, List<InetAddress> addresses, boolean reports) {
    public RouteSearch {
        requireNonNull(finder);
        requireNonNull(dialer);
        addresses = List.copyOf(addresses);
    }

    /** Makes one for a call whose RTCP shares the port of RTP. */
    public RouteSearch(RouteFinder finder, RelayDialer dialer, List<InetAddress> addresses) {
        this(finder, dialer, addresses, false);
    }

    /** Makes one for a call that is at one address. */
    public RouteSearch(RouteFinder finder, RelayDialer dialer) {
        this(finder, dialer, List.of(), false);
    }

    /** Returns this, with a way for RTCP or without one. */
    public RouteSearch withReports(boolean wanted) {
        return new RouteSearch(finder, dialer, addresses, wanted);
    }
}
