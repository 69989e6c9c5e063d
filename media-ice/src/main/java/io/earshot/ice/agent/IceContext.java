package io.earshot.ice.agent;

import io.earshot.api.id.IdSource;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** What the parts of one agent share. */
final class IceContext {
    final IceConfig config;
    final IdSource ids;
    final Queue<IceOutput> outputs = new ArrayDeque<>();
    final IceCounters counters = new IceCounters();
    final Relays relays;
    final long tieBreaker;
    boolean controlling;
    boolean remoteLite;
    /** How many components there are: less than was begun with when RTCP turns out to share the port of RTP. */
    int components;
    IceCredentials local;
    Optional<IceCredentials> previous = Optional.empty();
    final FormerPaths former = new FormerPaths();
    Optional<IceCredentials> remote = Optional.empty();
    /** Whether there is something to do sooner than was told. */
    boolean stirred;
    /** Whether relays may have been asked for that are not needed after all. */
    boolean spare;

    IceContext(IceConfig config, boolean controlling, IdSource ids) {
        this.config = config;
        this.ids = ids;
        components = config.components();
        this.controlling = controlling && !config.lite();
        tieBreaker = ids.nextLong();
        local = IceCredentials.fresh(ids);
        relays = new Relays(this);
    }

    void send(Route route, InetSocketAddress remoteAddress, byte[] data, long now) {
        if (route.relayed()) {
            relays.send(route.relay(), remoteAddress, data, now);
        } else {
            outputs.add(new IceOutput.Transmit(route.base(), remoteAddress, data));
        }
    }

    void tell(IceOutput output) {
        outputs.add(output);
    }
}
