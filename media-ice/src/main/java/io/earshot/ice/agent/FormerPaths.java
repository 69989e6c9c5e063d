package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the peer has proved to be by what it was told before ICE began anew. It may go on sending from there when there is a new path, as
 * Chromium does from its new ports too: each side chooses what it sends on, and takes media wherever it may come (RFC 8445 §12.2).
 */
final class FormerPaths {
    /** How long after its last packet an address counts: as long as consent does. */
    private static final long KEPT = 30 * Ticker.SECOND;
    private static final int MOST = 16;

    private record Place(Route route, InetSocketAddress peer) { }

    private final Map<Place, Long> until = new LinkedHashMap<>();

    /** The search that these pairs are of is over. */
    void keep(List<Pair> pairs, long now) {
        until.values().removeIf(end -> now >= end);
        pairs.stream().filter(pair -> pair.state == Pair.State.SUCCEEDED && until.size() < MOST)
            .forEach(pair -> until.put(new Place(pair.local.route(), pair.remote.address()), now + KEPT));
    }

    /** The peer has proved to be there by what we told it before. */
    void proved(Route route, InetSocketAddress source, long now) {
        Place place = new Place(route, source);
        if (until.size() < MOST || until.containsKey(place)) {
            until.put(place, now + KEPT);
        }
    }

    /** Tells whether media from there is the peer's. */
    boolean received(Route route, InetSocketAddress source, long now) {
        return !until.isEmpty() && until.computeIfPresent(new Place(route, source), (place, end) -> now < end ? now + KEPT : null) != null;
    }
}
