package io.earshot.transport.udp;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers route look-ups for a second: a burst of messages to one peer costs one look-up, yet after a change of network the next
 * registration already carries the new address. Confined to the loop.
 */
final class LocalAddressCache {
    static final int CAPACITY = 256;
    static final long LIFE = Ticker.SECOND;

    private final Function<InetAddress, Optional<InetAddress>> lookup;
    private final Ticker ticker;
    private final Map<InetAddress, Route> routes = new LinkedHashMap<>();

    LocalAddressCache(Function<InetAddress, Optional<InetAddress>> lookup, Ticker ticker) {
        this.lookup = lookup;
        this.ticker = ticker;
    }

    Optional<InetAddress> towards(InetAddress peer) {
        long now = ticker.now();
        Route known = routes.get(peer);
        if (known != null && now < known.until) {
            return known.local;
        }
        routes.remove(peer); // so that put() below makes it the youngest
        if (routes.size() >= CAPACITY) {
            routes.remove(routes.keySet().iterator().next());
        }
        Optional<InetAddress> local = lookup.apply(peer);
        routes.put(peer, new Route(local, now + LIFE));
        return local;
    }

    /** Forgets everything, as after an error that smells of a changed network. */
    void clear() {
        routes.clear();
    }

    private record Route(Optional<InetAddress> local, long until) { }
}
