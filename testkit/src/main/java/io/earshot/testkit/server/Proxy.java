package io.earshot.testkit.server;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.transaction.TransactionId;
import io.earshot.sip.transaction.TransactionLayer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** A stateful, forking proxy: RFC 3261 §16, with the corrections of RFC 6026 and RFC 4320 that the transaction layer brings. */
final class Proxy {
    private final ServerSettings settings;
    private final TransactionLayer layer;
    private final Screening screening;
    private final Targets targets;
    private final Routing routing;
    private final Replies replies;
    private final Map<TransactionId, Fork> byServer = new HashMap<>();
    private final Map<TransactionId, Branch> byClient = new HashMap<>();
    private final PriorityQueue<TimerC> timers = new PriorityQueue<>();

    Proxy(ServerSettings settings, TransactionLayer layer, Screening screening, Targets targets, Routing routing, Replies replies) {
        this.settings = settings;
        this.layer = layer;
        this.screening = screening;
        this.targets = targets;
        this.routing = routing;
        this.replies = replies;
    }

    void onRequest(TransactionId id, Request received, Flow flow, long now) {
        Request request = routing.arrived(received);
        Screening.Outcome screened = screening.check(request, now);
        if (screened instanceof Screening.Answer answer) {
            layer.respond(id, answer.response(), now);
            return;
        }
        Request admitted = ((Screening.Admitted) screened).request();
        Targets.Outcome found = targets.of(admitted, now);
        if (found instanceof Targets.Answer answer) {
            layer.respond(id, answer.response(), now);
            return;
        }
        if (admitted.method().equals(SipMethod.INVITE)) {
            layer.respond(id, replies.to(received, 100).build(), now);
        }
        Fork fork = new Fork(id, received);
        byServer.put(id, fork);
        for (Targets.Target target : ((Targets.Found) found).targets()) {
            TransactionId branch = layer.send(forwarded(admitted, target, Optional.of(flow)), target.hop(), now);
            fork.add(branch);
            byClient.put(branch, new Branch(fork, now + settings.proxying().timerC()));
            if (admitted.method().equals(SipMethod.INVITE)) {
                timers.add(new TimerC(now + settings.proxying().timerC(), branch));
            }
        }
    }

    /** Sends the ACK of a 2xx on, outside any transaction (§16.11 says how to choose the way: as for any other request). */
    void onAck(Request received, long now) {
        Request ack = routing.arrived(received);
        if (ack.maxForwards().orElse(70) > 0 && targets.of(ack, now) instanceof Targets.Found found) {
            Targets.Target target = found.targets().get(0);
            layer.sendStateless(forwarded(ack, target, Optional.empty()), target.hop());
        }
    }

    private Request forwarded(Request request, Targets.Target target, Optional<Flow> recordedFrom) {
        RequestBuilder copy = request.toBuilder().requestUri(target.uri())
            .set(HeaderName.MAX_FORWARDS, Integer.toString(request.maxForwards().orElse(70) - 1));
        boolean dialog = request.method().createsDialog() && request.to().tag().isEmpty();
        if (settings.proxying().recordRoute() && dialog && recordedFrom.isPresent()) {
            routing.record(copy, recordedFrom.get().protocol(), recordedFrom.get().remote(), target.hop());
        }
        return routing.departing(copy.build());
    }

    void onCancel(TransactionId invite, long now) {
        Fork fork = byServer.get(invite);
        if (fork != null) {
            fork.cancelled();
            cancelPending(fork, now);
        }
    }

    void onResponse(TransactionId id, Response response, long now) {
        Branch branch = byClient.get(id);
        if (branch == null || response.status() == 100) {
            return;
        }
        Fork fork = branch.fork;
        Response upstream = response.toBuilder().removeFirst(HeaderName.VIA).build();
        if (response.isProvisional()) {
            branch.ringing(now + settings.proxying().timerC());
            layer.respond(fork.server(), upstream, now);
        } else if (response.isSuccess()) {
            fork.finished(id, upstream);
            layer.respond(fork.server(), upstream, now);
            cancelPending(fork, now);
        } else {
            fork.finished(id, branch.expired && response.status() == 487 ? replies.to(fork.request(), 408).build() : upstream);
            if (response.status() >= 600) {
                cancelPending(fork, now);
            }
            conclude(fork, now);
        }
    }

    /** A branch without an answer counts as one with 408, one that cannot be reached as one with 503 (§16.8, §16.9). */
    void onFailed(TransactionId id, boolean timeout, long now) {
        Branch branch = byClient.get(id);
        if (branch != null && branch.fork.isPending(id)) {
            branch.fork.finished(id, replies.to(branch.fork.request(), timeout ? 408 : 503).build());
            conclude(branch.fork, now);
        }
    }

    private void conclude(Fork fork, long now) {
        Optional<Response> best = fork.best();
        if (best.isEmpty()) {
            return;
        }
        Response response = best.get();
        if (response.status() == 503) { // our own capacity is not meant (§16.7 step 6)
            response = replies.to(fork.request(), 500).build();
        } else if (response.status() == 408 && fork.isCancelled()) {
            response = replies.to(fork.request(), 487).build();
        }
        layer.respond(fork.server(), fork.withAllChallenges(response), now);
    }

    private void cancelPending(Fork fork, long now) {
        if (fork.request().method().equals(SipMethod.INVITE)) {
            fork.pending().forEach(branch -> layer.cancel(branch, now));
        }
    }

    void onTerminated(TransactionId id) {
        byServer.remove(id);
        byClient.remove(id);
    }

    /** Ends calls that have been ringing for too long (§16.8). */
    void onTime(long now) {
        while (!timers.isEmpty() && timers.element().deadline <= now) {
            TransactionId id = timers.remove().branch;
            Branch branch = byClient.get(id);
            if (branch == null || !branch.fork.isPending(id) || branch.expired) {
                continue;
            }
            if (branch.timerC > now) {
                timers.add(new TimerC(branch.timerC, id));
            } else {
                branch.expired = true;
                layer.cancel(id, now);
            }
        }
    }

    long deadline() {
        return timers.isEmpty() ? Ticker.NEVER : timers.element().deadline;
    }

    /** One target's transaction. */
    private static final class Branch {
        private final Fork fork;
        private long timerC;
        private boolean expired;

        private Branch(Fork fork, long timerC) {
            this.fork = fork;
            this.timerC = timerC;
        }

        private void ringing(long until) {
            timerC = until;
        }
    }

    private record TimerC(long deadline, TransactionId branch) implements Comparable<TimerC> {
        @Override
        public int compareTo(TimerC other) {
            return Long.compare(deadline, other.deadline);
        }
    }
}
