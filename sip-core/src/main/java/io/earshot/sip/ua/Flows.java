package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The connections that something came in over, to end those whose local address is gone. */
final class Flows {
    private static final int MAX_FLOWS = 4096;

    private final Context context;
    private final Set<Flow> alive = new LinkedHashSet<>();

    Flows(Context context) {
        this.context = context;
    }

    void heard(Flow flow) {
        if (context.isReliable(flow.protocol()) && alive.add(flow) && alive.size() > MAX_FLOWS) {
            alive.remove(alive.iterator().next());
        }
    }

    void closed(Flow flow) {
        alive.remove(flow);
    }

    /** Closes the connections whose local address this machine has no more: they would be silent for ever. */
    void closeStale() {
        for (Flow flow : List.copyOf(alive)) {
            Optional<InetSocketAddress> local = context.local(flow.protocol(), flow.remote());
            if (local.isEmpty() || !local.get().getAddress().equals(flow.local().getAddress())) {
                alive.remove(flow);
                context.output(new EngineOutput.CloseFlow(flow, "the local address " + Context.host(flow.local()) + " is gone"));
            }
        }
    }
}
