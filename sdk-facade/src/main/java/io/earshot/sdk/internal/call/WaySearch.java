package io.earshot.sdk.internal.call;

import io.earshot.api.Nat;
import io.earshot.sdk.internal.route.BundleLine;
import io.earshot.sdk.internal.route.RouteLine;
import io.earshot.sip.sdp.SessionDescription;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is found out of the ways of a call's sound before the peer is told where we are: ICE, what STUN servers see, ports of our router.
 * All at once, and none for longer than the account's budget. Confined to the signalling loop.
 */
final class WaySearch {
    private static final Logger LOG = LoggerFactory.getLogger(WaySearch.class);

    private final EngineContext context;

    WaySearch(EngineContext context) {
        this.context = context;
    }

    /**
     * Looks for what is wanted, then goes on, on the signalling loop.
     *
     * @param local our address towards the peer
     * @param peer the next hop of the signalling, where it is known
     * @param offer the peer's, of a call that came in
     */
    void begin(CallSession session, InetAddress local, Optional<InetAddress> peer, Optional<SessionDescription> offer, Runnable then) {
        EngineCall call = session.handle();
        Nat nat = call.account().config().nat();
        boolean offering = offer.isEmpty();
        boolean near = !offering && session.ways().isNear(local);
        Optional<SessionDescription> theirs = offer.map(BundleLine::opened);
        boolean ice = context.routes().seeks(nat, offering, theirs.flatMap(RouteLine::credentials).isPresent());
        // Whether a peer that has yet to answer shares RTP's port is not known (RFC 5761 §5.1.3).
        boolean reports = theirs.map(told -> RouteLine.tellsReports(told) && !(context.settings().rtp().mux() && RouteLine.shares(told)))
                .orElse(true);
        CompletableFuture<?> ports = near ? CompletableFuture.completedFuture(true) : ports(session, nat, local, peer);
        CompletableFuture<?> ways = CompletableFuture.completedFuture(true);
        if (ice) {
            ways = context.routes().open(session.ways().trickler().patience(offer), offering)
                    .thenCompose(finder -> call.media().seek(finder.withReports(reports), local));
        } else if (context.routes().relays(nat)) {
            ways = context.routes().open(nat, offering).thenCompose(finder -> call.media().relay(finder, local));
        } else if (!near && context.routes().learns(nat, peer) && context.nats().allows(nat, local)) {
            ways = context.routes().ask(nat).thenCompose(finder -> call.media().learn(finder, local));
        }
        if (ways.isDone() && ports.isDone()) {
            then.run();
            return;
        }
        CompletableFuture.allOf(ways, ports).thenCompose(done -> call.media().refresh())
                .whenComplete((told, defect) -> context.loop().execute(() -> {
                    if (defect != null) {
                        LOG.warn("No ways through NATs are looked for in {}: {}", call, defect.getMessage());
                    }
                    if (!session.isOver()) {
                        then.run();
                    }
                }));
    }

    private CompletableFuture<?> ports(CallSession session, Nat nat, InetAddress local, Optional<InetAddress> peer) {
        if (session.ports().isPresent() || context.settings().tunnel().isPresent() || !context.router().wanted(nat, local, peer)) {
            return CompletableFuture.completedFuture(true);
        }
        CallPorts ports = new CallPorts(context, session);
        session.setPorts(ports);
        return ports.open(local, nat.gathering());
    }
}
