package io.earshot.transport.common;

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
import java.util.function.Function;

/**
 * Which of the machine's addresses leads to a peer, remembered for a second: a burst of messages to one peer costs one look-up, yet after
 * a change of network the next registration already carries the new address. Confined to the loop.
 */
public final class Routes {
    static final int CAPACITY = 256;
    static final long LIFE = Ticker.SECOND;
    /** Any port but 0 will do: connecting a datagram socket chooses a route and sends nothing. */
    private static final int DISCARD = 9;

    private final Function<InetAddress, Optional<InetAddress>> lookup;
    private final Ticker ticker;
    private final Map<InetAddress, Route> known = new LinkedHashMap<>();

    private record Route(Optional<InetAddress> local, long until) { }

    /** Asks this machine. */
    public Routes(Ticker ticker) {
        this(Routes::ask, ticker);
    }

    /** Asks a function; for tests. */
    public Routes(Function<InetAddress, Optional<InetAddress>> lookup, Ticker ticker) {
        this.lookup = lookup;
        this.ticker = ticker;
    }

    /** Returns the address that packets to this peer leave from, without scope id; empty when there is no route. */
    public Optional<InetAddress> towards(InetAddress peer) {
        long now = ticker.now();
        Route route = known.get(peer);
        if (route != null && now < route.until) {
            return route.local;
        }
        known.remove(peer); // so that put() below makes it the youngest
        if (known.size() >= CAPACITY) {
            known.remove(known.keySet().iterator().next());
        }
        Optional<InetAddress> local = lookup.apply(peer);
        known.put(peer, new Route(local, now + LIFE));
        return local;
    }

    /** Returns the address bound to as a peer sees it: where that is the wildcard, the one that leads to the peer. */
    public InetSocketAddress towards(InetSocketAddress peer, InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress() || peer.isUnresolved()) {
            return bound;
        }
        return towards(peer.getAddress()).map(local -> new InetSocketAddress(local, bound.getPort())).orElse(bound);
    }

    /** Forgets everything, as after an error that smells of a changed network. */
    public void clear() {
        known.clear();
    }

    private static Optional<InetAddress> ask(InetAddress peer) {
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
