package io.earshot.sip.transaction;

import io.earshot.sip.transaction.Transaction.Stage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All transactions of a layer, found by name, by what a message says, and by the peer they talk to. */
final class TransactionTable {
    private record Endpoint(String protocol, InetSocketAddress peer) {
        static Endpoint of(Hop hop) {
            return new Endpoint(hop.protocol(), hop.endpoint());
        }
    }

    private final Map<TransactionId, Transaction> all = new LinkedHashMap<>();
    private final Map<ClientKey, Transaction.Client> clients = new HashMap<>();
    private final Map<ServerKey, Transaction.Server> servers = new HashMap<>();
    private final Map<MergeKey, Transaction.Server> merges = new HashMap<>();
    private final Map<Endpoint, Map<TransactionId, Transaction>> byEndpoint = new HashMap<>();
    /** Those of the stages that are not work, the longest there first. */
    private final Map<Stage, Set<Transaction.Server>> resting = new EnumMap<>(Map.of(
        Stage.UNACKNOWLEDGED, new LinkedHashSet<>(), Stage.LINGERING, new LinkedHashSet<>()));
    private long lastNumber;

    TransactionId nextId() {
        return new TransactionId(++lastNumber);
    }

    int size() {
        return all.size();
    }

    /** Returns how many entries the indexes have: 0 whenever {@link #size} is. */
    int indexSize() {
        return clients.size() + servers.size() + merges.size() + byEndpoint.size()
            + resting.values().stream().mapToInt(Set::size).sum();
    }

    /** Returns how many server transactions are at work. */
    int workingCount() {
        return servers.size() - resting.get(Stage.UNACKNOWLEDGED).size() - resting.get(Stage.LINGERING).size();
    }

    /** Counts a server transaction among those that rest from now on; returns the oldest of its stage when there are more than these. */
    Optional<Transaction.Server> rest(Transaction.Server tx, Stage stage, int most) {
        Set<Transaction.Server> those = resting.get(stage);
        if (tx.stage != stage) {
            wake(tx);
            tx.stage = stage;
            those.add(tx);
        }
        return those.size() > most ? Optional.of(those.iterator().next()) : Optional.empty();
    }

    private void wake(Transaction.Server tx) {
        if (tx.stage != Stage.WORKING) {
            resting.get(tx.stage).remove(tx);
        }
    }

    Optional<Transaction> get(TransactionId id) {
        return Optional.ofNullable(all.get(id));
    }

    Optional<Transaction.Client> client(ClientKey key) {
        return Optional.ofNullable(clients.get(key));
    }

    Optional<Transaction.Server> server(ServerKey key) {
        return Optional.ofNullable(servers.get(key));
    }

    boolean isMerged(MergeKey key) {
        return merges.containsKey(key);
    }

    void add(Transaction.Client tx) {
        clients.put(tx.key, tx);
        addCommon(tx);
    }

    void add(Transaction.Server tx) {
        servers.put(tx.key, tx);
        tx.merge.ifPresent(key -> merges.putIfAbsent(key, tx));
        addCommon(tx);
    }

    private void addCommon(Transaction tx) {
        all.put(tx.id, tx);
        byEndpoint.computeIfAbsent(Endpoint.of(tx.hop), key -> new LinkedHashMap<>()).put(tx.id, tx);
    }

    void remove(Transaction tx) {
        all.remove(tx.id);
        leaveEndpoint(tx);
        if (tx instanceof Transaction.Client client) {
            clients.remove(client.key, client);
        } else if (tx instanceof Transaction.Server server) {
            servers.remove(server.key, server);
            wake(server);
            server.merge.ifPresent(key -> merges.remove(key, server));
        }
    }

    /** Returns whom a lost message to this peer concerns, in the order they were made. */
    List<Transaction> talkingTo(String protocol, InetSocketAddress peer) {
        Map<TransactionId, Transaction> found = byEndpoint.get(new Endpoint(protocol, peer));
        return found == null ? List.of() : new ArrayList<>(found.values());
    }

    /** Moves a server transaction to the other way of its responses. Returns false if it has none. */
    boolean reroute(Transaction.Server tx) {
        leaveEndpoint(tx);
        boolean moved = tx.takeFallback();
        byEndpoint.computeIfAbsent(Endpoint.of(tx.hop), key -> new LinkedHashMap<>()).put(tx.id, tx);
        return moved;
    }

    private void leaveEndpoint(Transaction tx) {
        Endpoint endpoint = Endpoint.of(tx.hop);
        Map<TransactionId, Transaction> neighbours = byEndpoint.get(endpoint);
        neighbours.remove(tx.id);
        if (neighbours.isEmpty()) {
            byEndpoint.remove(endpoint);
        }
    }
}
