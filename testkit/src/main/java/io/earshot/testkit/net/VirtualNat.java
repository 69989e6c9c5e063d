package io.earshot.testkit.net;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network address translator between its {@link VirtualNetwork#hostBehind private hosts} and everybody else. Mappings die when
 * nothing has left through them for a while (RFC 4787 §4.3), two minutes unless set.
 */
public final class VirtualNat implements Place {
    private static final int FIRST_PORT = 20_000;

    private final String name;
    private final InetAddress publicAddress;
    private final NatType type;
    private final Map<InetAddress, VirtualHost> inside = new HashMap<>();
    private final Map<Key, Mapping> byInside = new LinkedHashMap<>();
    private final Map<Integer, Mapping> byPort = new HashMap<>();
    private long life = 120 * Ticker.SECOND;
    private int nextPort = FIRST_PORT;

    VirtualNat(String name, InetAddress publicAddress, NatType type) {
        this.name = name;
        this.publicAddress = publicAddress;
        this.type = type;
    }

    @Override
    public String name() {
        return name;
    }

    /** Sets how long an unused mapping lives. */
    public VirtualNat mappingLife(Duration unused) {
        life = unused.toNanos();
        return this;
    }

    /** Forgets every mapping, as after a restart; private hosts get new ports from then on. */
    public void rebind() {
        byInside.clear();
        byPort.clear();
    }

    /** Counts the mappings, dead ones included until they are looked at. */
    public int mappings() {
        return byPort.size();
    }

    void add(InetAddress address, VirtualHost host) {
        inside.put(address, host);
    }

    VirtualHost insideHost(InetAddress address) {
        return inside.get(address);
    }

    /** Returns the public source of a packet that leaves. */
    InetSocketAddress outbound(InetSocketAddress source, InetSocketAddress destination, long now) {
        Key key = new Key(source, type == NatType.SYMMETRIC ? Optional.of(destination) : Optional.empty());
        Mapping mapping = byInside.get(key);
        if (mapping == null || now >= mapping.lastUse + life) {
            if (mapping != null) {
                byPort.remove(mapping.port);
            }
            mapping = new Mapping(source, freePort());
            byInside.put(key, mapping);
            byPort.put(mapping.port, mapping);
        }
        mapping.lastUse = now;
        mapping.sentTo.add(destination);
        return new InetSocketAddress(publicAddress, mapping.port);
    }

    /** Returns the private destination of a packet that comes in, or empty when it is filtered. */
    Optional<InetSocketAddress> inbound(InetSocketAddress source, int port, long now) {
        Mapping mapping = byPort.get(port);
        if (mapping == null || now >= mapping.lastUse + life || !passes(mapping, source)) {
            return Optional.empty();
        }
        return Optional.of(mapping.inside);
    }

    private boolean passes(Mapping mapping, InetSocketAddress source) {
        if (type == NatType.FULL_CONE) {
            return true;
        }
        return type == NatType.ADDRESS_RESTRICTED
            ? mapping.sentTo.stream().anyMatch(to -> to.getAddress().equals(source.getAddress()))
            : mapping.sentTo.contains(source);
    }

    private int freePort() {
        while (byPort.containsKey(nextPort)) {
            nextPort = nextPort == 65_535 ? FIRST_PORT : nextPort + 1;
        }
        int port = nextPort;
        nextPort = port == 65_535 ? FIRST_PORT : port + 1;
        return port;
    }

    private record Key(InetSocketAddress source, Optional<InetSocketAddress> destination) { }

    private static final class Mapping {
        private final InetSocketAddress inside;
        private final int port;
        private final Set<InetSocketAddress> sentTo = new HashSet<>();
        private long lastUse;

        private Mapping(InetSocketAddress inside, int port) {
            this.inside = inside;
            this.port = port;
        }
    }
}
