package io.earshot.sdk.internal.call;

import io.earshot.api.Nat;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.media.path.LocalRoute;
import io.earshot.sdk.internal.route.TrickleLine;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.InfoEvent;
import io.earshot.sip.ua.InfoId;
import io.earshot.sip.ua.InfoRequest;
import io.earshot.sip.ua.Infos;
import io.earshot.sip.ua.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Candidates of one call that come and go by INFO (RFC 8840): ours as they are found, one request at a time, each with all of them; the
 * peer's whenever they come, also before the description that they belong to. Confined to the signalling loop.
 */
final class Trickler {
    private static final Logger LOG = LoggerFactory.getLogger(Trickler.class);
    private static final String PACKAGE = "trickle-ice";
    private static final MediaType TYPE = MediaType.of("application", "trickle-ice-sdpfrag");
    /** How long candidates are collected, as servers often answer together. */
    private static final long TOGETHER = 30 * Ticker.MILLISECOND;

    private final EngineContext context;
    private final CallSession session;
    private final Nat nat;
    private final TrickleLine line;
    private Optional<InfoId> open = Optional.empty();
    private List<String> sent = List.of();
    private boolean scheduled;
    private boolean waiting;
    private boolean refused;

    Trickler(EngineContext context, CallSession session, Nat nat) {
        this.context = context;
        this.session = session;
        this.nat = nat;
        this.line = new TrickleLine(context.routes().trickles(nat));
    }

    /** Returns what came and is told besides offers and answers. */
    TrickleLine line() {
        return line;
    }

    /** Returns how ways are to be looked for: not waiting for servers where the peer can be told later what they say. */
    Nat patience(Optional<SessionDescription> offer) {
        boolean allowed = context.routes().trickles(nat) && !nat.relayOnly();
        boolean now = allowed && (offer.isPresent() ? TrickleLine.isIn(offer.get()) && isTaken()
                : nat.trickle() == Nat.Trickle.ALWAYS || context.routes().trickling().knows(session.handle().remote().address()));
        return now ? nat.withGathering(java.time.Duration.ZERO) : nat;
    }

    /** Tells whether the peer takes candidates by INFO. */
    boolean isTaken() {
        return !refused && context.routes().trickles(nat) && session.id().filter(id -> infos().isTaken(id, PACKAGE)).isPresent();
    }

    /** There is more to tell than was told. */
    void news() {
        if (!scheduled) {
            scheduled = true;
            context.loop().schedule(TOGETHER, this::tell);
        }
    }

    /** The peer has said something: it may take now what it did not before. */
    void heard(boolean answered) {
        if (answered || isTaken()) {
            context.routes().trickling().note(session.handle().remote().address(), isTaken());
        }
        if (waiting) {
            news();
        }
    }

    private void tell() {
        scheduled = false;
        waiting = session.isOver() || open.isPresent() || !isTaken() || !infos().isOpen(id(), PACKAGE);
        if (!waiting) {
            session.handle().media().refresh().whenComplete((told, defect) -> context.loop().execute(() -> send(told)));
        }
    }

    private void send(LocalRoute told) {
        if (session.isOver() || open.isPresent() || told == null || told.attributes().isEmpty() || told.attributes().equals(sent)) {
            return;
        }
        session.media().ifPresent(control -> {
            sent = told.attributes();
            byte[] body = control.trickles(sent).getBytes(StandardCharsets.UTF_8);
            open = Optional.of(infos().send(id(), new InfoRequest(TYPE, body, Optional.of(PACKAGE)), context.now()));
        });
    }

    /** Takes candidates of the peer's, or the outcome of telling it ours; tells whether the event was about these. */
    boolean on(InfoEvent event) {
        if (event instanceof InfoEvent.Received received) {
            boolean ours = received.infoPackage().filter(PACKAGE::equalsIgnoreCase).isPresent();
            if (ours && line.hear(received.request().bodyText())) {
                LOG.debug("{}: the peer told more of its ways", session.handle());
                session.media().ifPresent(MediaControl::trickled);
            }
            return ours;
        }
        boolean failed = event instanceof InfoEvent.Failed one && open.filter(one.info()::equals).isPresent();
        boolean accepted = event instanceof InfoEvent.Accepted one && open.filter(one.info()::equals).isPresent();
        if (failed || accepted) {
            open = Optional.empty();
            refused |= failed;
            if (failed) {
                LOG.info("{}: the peer does not take candidates one by one", session.handle());
                session.ways().late();
            } else {
                news();
            }
        }
        return failed || accepted;
    }

    private SessionId id() {
        return session.id().orElseThrow();
    }

    private Infos infos() {
        return context.signalling().engine().infos();
    }
}
