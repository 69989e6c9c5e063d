package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What the peer's checks make us do besides answering them: RFC 8445 §7.3.1.3 to §7.3.1.5. */
final class PeerChecks {
    private static final long STRANGER_CHECK = 500 * Ticker.MILLISECOND;

    private final IceContext context;
    private final Gathering gathering;
    private final Selections selections;
    private final Responder responder;
    private long strangerAt;

    PeerChecks(IceContext context, Gathering gathering, Selections selections, Responder responder) {
        this.context = context;
        this.gathering = gathering;
        this.selections = selections;
        this.responder = responder;
    }

    /** Takes an authentic check. */
    void take(Responder.Check check, Checks checks, long now) {
        if (context.remote.isEmpty()) {
            responder.keep(check);
            return;
        }
        Optional<LocalCandidate> local = gathering.sender(check.route(), check.source());
        CheckList list = checks.list;
        int component = check.route().component();
        if (local.isEmpty()) {
            return;
        }
        if (list.known(component, check.source()).isEmpty() && !list.remote(Candidate.udp("prflx" + list.remotes().size(), component,
                check.priority(), check.source(), CandidateType.PEER_REFLEXIVE, Optional.empty()))) {
            context.counters.candidatesIgnored++;
            return;
        }
        Candidate remote = list.known(component, check.source()).orElseThrow();
        Optional<Pair> pair = list.find(check.route(), check.source()).or(() -> list.add(local.get(), remote));
        pair.ifPresent(each -> triggered(each, checks, check.nominates() && !context.controlling, now));
    }

    private void triggered(Pair pair, Checks checks, boolean nominated, long now) {
        if (context.config.lite()) {
            pair.state = Pair.State.SUCCEEDED;
        }
        if (pair.state == Pair.State.SUCCEEDED) {
            if (nominated) {
                checks.nominated(pair, now);
            } else if (selections.follows(pair, now)) {
                selections.select(pair, now);
            }
        } else {
            pair.nominateOnSuccess |= nominated;
            if (!pair.nominating) {
                checks.list.trigger(pair);
            }
        }
    }

    /** The peer may be behind a new mapping: ask, rarely, and only while its old one is silent. */
    void stranger(Route route, InetSocketAddress source, Checks checks, long now) {
        if (checks.concluded() && context.remote.isPresent() && now >= strangerAt && selections.silent(route.component(), now)) {
            strangerAt = now + STRANGER_CHECK;
            take(new Responder.Check(route, source, 1, false), checks, now);
        }
    }
}
