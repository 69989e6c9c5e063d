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
 */
public record RouteSearch(RouteFinder finder, RelayDialer dialer, List<InetAddress> addresses) {
    public RouteSearch {
        requireNonNull(finder);
        requireNonNull(dialer);
        addresses = List.copyOf(addresses);
    }

    /** Makes one for a call that is at one address. */
    public RouteSearch(RouteFinder finder, RelayDialer dialer) {
        this(finder, dialer, List.of());
    }
}
