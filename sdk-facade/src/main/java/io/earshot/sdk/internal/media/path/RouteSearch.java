package io.earshot.sdk.internal.media.path;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.route.RouteFinder;

/**
 * What looks for ways in one call.
 *
 * @param dialer connects to relays
 */
public record RouteSearch(RouteFinder finder, RelayDialer dialer) {
    public RouteSearch {
        requireNonNull(finder);
        requireNonNull(dialer);
    }
}
