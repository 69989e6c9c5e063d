package io.earshot.transport.tls;

import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which of the machine's addresses leads to a peer, remembered for a second. Confined to the loop. */
final class Routes {
    private static final int CAPACITY = 256;
    private static final long LIFE = Ticker.SECOND;
    /** Any port but 0 will do: connecting a datagram socket chooses a route and sends nothing. */
    private static final int DISCARD = 9;

    private record Route(Optional<InetAddress> local, long until) { }

    private final Ticker ticker;
    private final Map<InetAddress, Route> known = new LinkedHashMap<>();

    Routes(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Returns the address without scope id; empty when there is no route. */
    Optional<InetAddress> towards(InetAddress peer) {
        long now = ticker.now();
        Route route = known.get(peer);
        if (route != null && now < route.until) {
            return route.local;
        }
        known.remove(peer);
        if (known.size() >= CAPACITY) {
            known.remove(known.keySet().iterator().next());
        }
        Optional<InetAddress> local = lookUp(peer);
        known.put(peer, new Route(local, now + LIFE));
        return local;
    }

    private static Optional<InetAddress> lookUp(InetAddress peer) {
        StandardProtocolFamily family = peer instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel scratch = DatagramChannel.open(family)) {
            scratch.connect(new InetSocketAddress(peer, DISCARD));
            InetAddress local = ((InetSocketAddress) scratch.getLocalAddress()).getAddress();
            return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(InetAddress.getByAddress(local.getAddress()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
