package io.earshot.rtp.route;

import io.earshot.api.id.IdSource;

/** Makes finders of routes. Found by {@link java.util.ServiceLoader}: without one, media goes where the SDP says. */
public interface RouteFinderProvider {
    /**
     * Makes the finder of one media line.
     *
     * @param controlling whether we made the first offer of the call
     */
    RouteFinder open(RouteConfig config, boolean controlling, IdSource ids);
}
