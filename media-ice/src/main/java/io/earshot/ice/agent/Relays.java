package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.turn.TurnClient;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.ice.turn.TurnOutput;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The allocations of one agent. What they say is queued as events for the agent. */
final class Relays {
    /** Something that a relay told. */
    sealed interface Event {
        record Ready(Relay relay, List<InetSocketAddress> relayed, Optional<InetSocketAddress> mapped) implements Event { }

        record Data(Relay relay, InetSocketAddress peer, byte[] data) implements Event { }

        record Gone(Relay relay) implements Event { }
    }

    /** One allocation. */
    static final class Relay {
        final int id;
        final int component;
        final InetSocketAddress base;
        final TurnClient client;
        /** What led to it: another server may have sent us to this one. */
        final TurnConfig origin;
        /** All that were asked on the way to it. */
        final List<InetSocketAddress> chain;
        final long startAt;
        boolean started;
        long deadline = Ticker.NEVER;

        Relay(int id, int component, InetSocketAddress base, TurnClient client, TurnConfig origin, List<InetSocketAddress> chain,
                long startAt) {
            this.id = id;
            this.component = component;
            this.base = base;
            this.client = client;
            this.origin = origin;
            this.chain = chain;
            this.startAt = startAt;
        }

        boolean stream() {
            return client.config().transport() != TurnConfig.Transport.UDP;
        }
    }

    /** As many servers as may send us on to others, one by one. */
    private static final int LONGEST_CHAIN = 8;
    /** More than a call of any length has a use for. */
    private static final int MOST = 1000;

    private final IceContext context;
    private final List<Relay> all = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    Relays(IceContext context) {
        this.context = context;
    }

    void add(int component, InetSocketAddress base, TurnConfig config, long startAt) {
        add(component, base, new TurnClient(config, context.ids), config, List.of(config.server()), startAt);
    }

    private void add(int component, InetSocketAddress base, TurnClient client, TurnConfig origin, List<InetSocketAddress> chain,
            long startAt) {
        if (all.size() < MOST) {
            all.add(new Relay(all.size(), component, base, client, origin, chain, startAt));
        }
    }

    boolean covers(InetSocketAddress base, TurnConfig config) {
        return all.stream().anyMatch(relay -> relay.base.equals(base) && relay.origin.equals(config) && !relay.client.ended());
    }

    Relay get(int id) {
        return all.get(id);
    }

    void send(int id, InetSocketAddress peer, byte[] data, long now) {
        Relay relay = all.get(id);
        relay.client.send(peer, data, now);
        drain(relay, now);
    }

    void permit(InetSocketAddress peer, int component, long now) {
        for (Relay relay : all) {
            if (relay.component == component && relay.client.ready()) {
                relay.client.permit(peer, now);
                drain(relay, now);
            }
        }
    }

    void bind(int id, InetSocketAddress peer, long now) {
        all.get(id).client.bind(peer, now);
        drain(all.get(id), now);
    }

    /** Takes a datagram if it is from a relay's server. */
    boolean received(InetSocketAddress local, InetSocketAddress source, byte[] data, int offset, int length, long now) {
        for (Relay relay : length < 4 ? List.<Relay>of() : all) {
            if (!relay.stream() && relay.started && !relay.client.ended() && relay.client.config().server().equals(source)
                    && relay.base.equals(local)) {
                long before = relay.client.rejected();
                relay.client.received(data, offset, length, now);
                drain(relay, now);
                boolean taken = relay.client.rejected() == before;
                if (taken || (data[offset] & 0xC0) == 0x40 || isData(data, offset)) {
                    context.counters.relayed += taken ? 0 : 1;
                    return true;
                }
            }
        }
        return false;
    }

    /** Tells whether it is the indication that carries what a peer sent; no peer of a check sends such. */
    private static boolean isData(byte[] data, int offset) {
        return data[offset] == 0 && data[offset + 1] == (0x10 | Stun.DATA_METHOD);
    }

    void opened(int id, long now) {
        if (id >= 0 && id < all.size()) {
            all.get(id).client.start(now);
            drain(all.get(id), now);
        }
    }

    void streamReceived(int id, byte[] data, int offset, int length, long now) {
        if (id >= 0 && id < all.size()) {
            TurnClient client = all.get(id).client;
            long before = client.rejected();
            client.received(data, offset, length, now);
            context.counters.relayed += client.rejected() - before;
            drain(all.get(id), now);
        }
    }

    void closed(int id, long now) {
        if (id >= 0 && id < all.size()) {
            all.get(id).client.disconnected(now);
            drain(all.get(id), now);
        }
    }

    /** Asks whether what was ours is still: a server that restarted has forgotten us, and says nothing to what it passes on no more. */
    void check(long now) {
        for (Relay relay : all) {
            relay.client.check(now);
            drain(relay, now);
        }
    }

    void credentials(TurnConfig server, String user, String password, long now) {
        for (Relay relay : all) {
            if (relay.client.config().equals(server)) {
                relay.client.credentials(user, password, now);
                drain(relay, now);
            }
        }
    }

    /** Gives back all but these. */
    void keep(Set<Integer> ids, long now) {
        for (Relay relay : all) {
            if (!ids.contains(relay.id) && !relay.client.ended()) {
                relay.client.close(now);
                drain(relay, now);
            }
        }
    }

    /** Gives back those of a component that there is no more. */
    void giveUp(int component, long now) {
        keep(all.stream().filter(relay -> relay.component != component).map(relay -> relay.id).collect(Collectors.toSet()), now);
    }

    void advance(long now) {
        for (Relay relay : List.copyOf(all)) {
            if (!relay.started && now >= relay.startAt) {
                relay.started = true;
                if (relay.stream()) {
                    context.tell(new IceOutput.Connect(relay.id, relay.client.config()));
                } else {
                    relay.client.start(now);
                    drain(relay, now);
                }
            } else if (relay.started && relay.deadline <= now) {
                relay.client.timer(now);
                drain(relay, now);
            }
        }
    }

    private void drain(Relay relay, long now) {
        for (TurnOutput output = relay.client.poll();; output = relay.client.poll()) {
            if (output instanceof TurnOutput.Wait wait) {
                relay.deadline = wait.deadline();
                return;
            }
            handle(relay, output, now);
        }
    }

    private void handle(Relay relay, TurnOutput output, long now) {
        TurnConfig config = relay.client.config();
        if (output instanceof TurnOutput.Transmit transmit) {
            context.tell(relay.stream() ? new IceOutput.StreamTransmit(relay.id, transmit.data())
                : new IceOutput.Transmit(relay.base, config.server(), transmit.data()));
        } else if (output instanceof TurnOutput.Allocated allocated) {
            events.add(new Event.Ready(relay, allocated.relayed(), relay.stream() ? Optional.empty() : allocated.mapped()));
        } else if (output instanceof TurnOutput.Data data) {
            events.add(new Event.Data(relay, data.peer(), data.data()));
        } else if (output instanceof TurnOutput.CredentialsExpired) {
            context.tell(new IceOutput.CredentialsExpired(config));
        } else if (output instanceof TurnOutput.Redirected redirected) {
            events.add(new Event.Gone(relay));
            redirected(relay, redirected.server(), now);
        } else if (output instanceof TurnOutput.Ended ended) {
            events.add(new Event.Gone(relay));
            if (relay.stream() && ended.reason() != TurnOutput.Reason.DISCONNECTED) {
                context.tell(new IceOutput.Disconnect(relay.id));
            }
            if (ended.reason() != TurnOutput.Reason.CLOSED) {
                context.tell(new IceOutput.RelayFailed(config, ended.detail()));
            }
        }
    }

    /** Asks the server that another one sends us to, unless we come from there, or cannot get there from this socket (RFC 8489 §10). */
    private void redirected(Relay from, InetSocketAddress to, long now) {
        TurnConfig config = from.client.config();
        boolean circle = from.chain.contains(to);
        boolean reachable = from.stream() || Stun.isSix(to) == Stun.isSix(from.base);
        if (circle || !reachable || from.chain.size() >= LONGEST_CHAIN) {
            context.tell(new IceOutput.RelayFailed(config, "the TURN server " + config.server() + " sends us to " + to
                + (circle ? ", where we have been" : reachable ? ", one too many" : ", which our address does not reach")));
        } else {
            TurnConfig other = new TurnConfig(to, config.transport(), config.user(), config.password(), config.family(), config.lifetime());
            List<InetSocketAddress> chain = new ArrayList<>(from.chain);
            chain.add(to);
            add(from.component, from.base, new TurnClient(other, context.ids), from.origin, chain, now);
        }
    }

    /** Tells whether a relay is still being asked for. */
    boolean busy() {
        return all.stream().anyMatch(Relays::isAskedFor);
    }

    /** Tells the same of the relays of one component. */
    boolean busy(int component) {
        return all.stream().anyMatch(relay -> relay.component == component && isAskedFor(relay));
    }

    private static boolean isAskedFor(Relay relay) {
        return !relay.client.ready() && !relay.client.ended();
    }

    List<Event> events() {
        List<Event> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    long deadline() {
        long next = Ticker.NEVER;
        for (Relay relay : all) {
            next = Math.min(next, relay.started ? relay.deadline : relay.startAt);
        }
        return next;
    }
}
