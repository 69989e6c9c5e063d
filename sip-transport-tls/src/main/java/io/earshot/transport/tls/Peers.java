package io.earshot.transport.tls;

import io.earshot.transport.common.Reasons;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which connections lead to which peer: by the address at their other end, by those that the peer has asked for (RFC 5923), and under
 * which name an address was last made sure of. Confined to the loop.
 */
final class Peers {
    private static final int MAX_ALIASES = 4;
    private static final int MAX_NAMES = 256;

    private final Map<InetSocketAddress, Map<Long, Connection>> byAddress = new LinkedHashMap<>();
    private final Map<Long, Set<InetSocketAddress>> addresses = new LinkedHashMap<>();
    private final Map<InetSocketAddress, String> names = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, String> eldest) {
            return size() > MAX_NAMES;
        }
    };

    void add(Connection connection) {
        add(connection, connection.remote());
    }

    private void add(Connection connection, InetSocketAddress address) {
        byAddress.computeIfAbsent(address, key -> new LinkedHashMap<>()).put(connection.id(), connection);
        addresses.computeIfAbsent(connection.id(), key -> new LinkedHashSet<>()).add(address);
    }

    /** Lets a connection serve another address too; not too many. */
    void alias(Connection connection, InetSocketAddress address) {
        Set<InetSocketAddress> known = addresses.get(connection.id());
        if (known != null && known.size() <= MAX_ALIASES) {
            add(connection, address);
        }
    }

    void remove(Connection connection) {
        Set<InetSocketAddress> known = addresses.remove(connection.id());
        if (known != null) {
            for (InetSocketAddress address : known) {
                Map<Long, Connection> siblings = byAddress.get(address);
                siblings.remove(connection.id());
                if (siblings.isEmpty()) {
                    byAddress.remove(address);
                }
            }
        }
    }

    /** Returns a connection over which requests for this host may go to this address. */
    Optional<Connection> serving(InetSocketAddress address, String host) {
        return byAddress.getOrDefault(address, Map.of()).values().stream().filter(one -> one.serves(host)).findFirst();
    }

    /** Remembers that the server at an address has proved to be this host. */
    void proved(InetSocketAddress address, String host) {
        names.put(address, host);
    }

    /**
     * Returns the name to ask for at an address. Routes and Contacts of servers often have an IP address where their certificate has a
     * name; who has proved to be that name at this very address and port is asked for it again, and not for the IP address.
     */
    String name(InetSocketAddress address, String host) {
        String plain = Reasons.plain(address);
        if (host.isEmpty() || host.equals(plain) || host.equals("[" + plain + "]")) {
            return names.getOrDefault(address, plain);
        }
        return host;
    }

    /** Returns how many addresses are known, for tests: 0 when there is no connection. */
    int size() {
        return byAddress.size() + addresses.size();
    }
}
