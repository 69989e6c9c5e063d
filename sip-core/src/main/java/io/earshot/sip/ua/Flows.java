package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connections that something came in over: when that was last, and whether the other end answers keep-alives (RFC 5626 §4.4.1). */
final class Flows {
    private static final int MAX_FLOWS = 4096;

    private record Key(String protocol, InetSocketAddress peer) { }

    private static final class Life {
        private final Flow flow;
        private long heardAt;
        private boolean pongs;

        Life(Flow flow) {
            this.flow = flow;
        }
    }

    private final Context context;
    private final Map<Key, Life> lives = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Life> eldest) {
            return size() > MAX_FLOWS;
        }
    };

    Flows(Context context) {
        this.context = context;
    }

    void heard(Flow flow, long now) {
        if (context.isReliable(flow.protocol())) {
            Life life = lives.compute(key(flow), (key, known) -> known != null && known.flow.equals(flow) ? known : new Life(flow));
            life.heardAt = now;
        }
    }

    void answered(Flow flow) {
        Optional.ofNullable(lives.get(key(flow))).ifPresent(life -> life.pongs = true);
    }

    void closed(Flow flow) {
        lives.values().removeIf(life -> life.flow.equals(flow));
    }

    /** Returns the connection to a peer if it answers keep-alives and has been silent since then. */
    Optional<Flow> silent(String protocol, InetSocketAddress peer, long since) {
        return Optional.ofNullable(lives.get(new Key(protocol, peer))).filter(life -> life.pongs && life.heardAt < since)
            .map(life -> life.flow);
    }

    /** Closes the connections whose local address this machine has no more: they would be silent for ever. */
    void closeStale() {
        for (Life life : List.copyOf(lives.values())) {
            Optional<InetSocketAddress> local = context.local(life.flow.protocol(), life.flow.remote());
            if (local.isEmpty() || !local.get().getAddress().equals(life.flow.local().getAddress())) {
                lives.values().remove(life);
                context.output(new EngineOutput.CloseFlow(life.flow, "the local address " + Context.host(life.flow.local()) + " is gone"));
            }
        }
    }

    private static Key key(Flow flow) {
        return new Key(flow.protocol(), flow.remote());
    }
}
