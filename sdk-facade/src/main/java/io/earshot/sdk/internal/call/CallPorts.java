package io.earshot.sdk.internal.call;

import io.earshot.sdk.internal.route.RouterDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The ports of our router that lead to the sockets of one call. Confined to the signalling loop. */
final class CallPorts {
    private final EngineContext context;
    private final CallSession session;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private Optional<RouterDoor.Lease> rtpLease = Optional.empty();
    private Optional<RouterDoor.Lease> rtcpLease = Optional.empty();
    private Optional<InetSocketAddress> rtp = Optional.empty();
    private Optional<InetSocketAddress> rtcp = Optional.empty();
    private int answers;
    private boolean gone;
    private boolean over;

    CallPorts(EngineContext context, CallSession session) {
        this.context = context;
        this.session = session;
    }

    /** Asks for both, and completes when the media know what came of it, at the latest when the budget is used up. */
    CompletableFuture<Boolean> open(InetAddress local, Duration budget) {
        rtpLease = Optional.of(context.router().open(local, session.handle().media().rtpPort(), external -> {
            boolean news = external.isPresent() && !external.equals(rtp);
            boolean moved = news && rtp.isPresent();
            rtp = external.or(() -> rtp);
            heard(news, moved);
        }));
        rtcpLease = Optional.of(context.router().open(local, session.handle().media().rtcpPort(), external -> {
            boolean news = external.isPresent() && !external.equals(rtcp);
            rtcp = external.or(() -> rtcp);
            heard(news, false);
        }));
        context.loop().schedule(budget.toNanos(), this::go);
        session.handle().ended().thenRun(() -> context.loop().execute(this::close));
        return ready;
    }

    /** What is lost stays told: a router that restarts gives the same again soon, or another, which is news. */
    private void heard(boolean news, boolean moved) {
        answers++;
        if (!gone && answers >= 2) {
            go();
        } else if (gone && news && !over) {
            session.handle().media().mapped(rtp, rtcp).whenComplete((told, defect) -> context.loop().execute(() -> {
                // Where ICE works, it tells by itself what came late.
                if (defect == null && (moved || told.attributes().isEmpty())) {
                    session.ways().remapped();
                }
            }));
        }
    }

    private void go() {
        if (!gone) {
            gone = true;
            session.handle().media().mapped(rtp, rtcp).whenComplete((told, defect) -> ready.complete(true));
        }
    }

    private void close() {
        over = true;
        rtpLease.ifPresent(RouterDoor.Lease::close);
        rtcpLease.ifPresent(RouterDoor.Lease::close);
    }
}
