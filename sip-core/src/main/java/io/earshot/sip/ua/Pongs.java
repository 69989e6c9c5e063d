package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * RFC 5626 §4.4.1: a server answers the double empty line on a connection with a single one; when nothing comes for ten seconds, the
 * connection is dead, whatever TCP thinks of it, and is closed, so that those who depend on it make another. Servers that were never
 * seen to answer are not held to it: many do not know that RFC.
 */
final class Pongs {
    static final long PATIENCE = 10 * Ticker.SECOND;
    private static final int MAX_SERVERS = 64;

    /** The far end of connections. */
    private record Server(String protocol, InetSocketAddress address) { }

    private final Context context;
    private final Map<Flow, Agenda.Entry> flows = new LinkedHashMap<>();
    private final Set<Server> answering = new LinkedHashSet<>();

    Pongs(Context context) {
        this.context = context;
    }

    /** Takes that something came over a connection: it lives. */
    void onReceived(Flow flow) {
        context.agenda.cancel(flows.getOrDefault(flow, Agenda.Entry.NONE));
        flows.put(flow, Agenda.Entry.NONE);
    }

    /** Takes a single empty line. */
    void onPong(Flow flow) {
        if (answering.size() >= MAX_SERVERS) {
            answering.remove(answering.iterator().next());
        }
        answering.add(new Server(flow.protocol(), flow.remote()));
    }

    void onFlowClosed(Flow flow) {
        context.agenda.cancel(flows.getOrDefault(flow, Agenda.Entry.NONE));
        flows.remove(flow);
    }

    /** Takes that a double empty line goes to a server. */
    void onPing(String protocol, InetSocketAddress peer, long now) {
        if (!answering.contains(new Server(protocol, peer))) {
            return;
        }
        List<Flow> there = flows.keySet().stream().filter(flow -> flow.protocol().equals(protocol) && flow.remote().equals(peer)).toList();
        for (Flow flow : there) {
            if (flows.get(flow) == Agenda.Entry.NONE) {
                flows.put(flow, context.agenda.at(now + PATIENCE, then -> {
                    flows.put(flow, Agenda.Entry.NONE);
                    context.output(new EngineOutput.CloseFlow(flow, "no answer to a keep-alive within " + PATIENCE / Ticker.SECOND + " s"));
                }));
            }
        }
    }
}
