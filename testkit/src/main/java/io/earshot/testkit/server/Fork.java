package io.earshot.testkit.server;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.transaction.TransactionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request on its way to one or several targets: the response context of RFC 3261 §16.7. It gathers final responses and tells when
 * there is a best one; who sends and cancels is {@link Proxy}.
 */
final class Fork {
    private static final List<Integer> USEFUL = List.of(401, 407, 415, 420, 484);

    private final TransactionId server;
    private final Request request;
    private final Set<TransactionId> pending = new LinkedHashSet<>();
    private final List<Response> finals = new ArrayList<>();
    private boolean cancelled;
    private boolean answered;

    Fork(TransactionId server, Request request) {
        this.server = server;
        this.request = request;
    }

    TransactionId server() {
        return server;
    }

    Request request() {
        return request;
    }

    void add(TransactionId branch) {
        pending.add(branch);
    }

    /** Branches without a final response. */
    List<TransactionId> pending() {
        return List.copyOf(pending);
    }

    boolean isPending(TransactionId branch) {
        return pending.contains(branch);
    }

    void cancelled() {
        cancelled = true;
    }

    /** A branch has got its last word; a 2xx is passed on at once and just ends the branch here. */
    void finished(TransactionId branch, Response response) {
        if (pending.remove(branch)) {
            finals.add(response);
        }
        answered |= response.isSuccess();
    }

    /** Returns the response to send upstream once every branch is done, unless a 2xx has gone already. */
    Optional<Response> best() {
        if (!pending.isEmpty() || answered || finals.isEmpty()) {
            return Optional.empty();
        }
        Response best = finals.get(0);
        for (Response response : finals) {
            best = rank(response) < rank(best) ? response : best;
        }
        answered = true;
        return Optional.of(best);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Adds the challenges of every branch, so that the caller can answer all of them (§16.7 step 7). */
    Response withAllChallenges(Response best) {
        if (best.status() != 401 && best.status() != 407) {
            return best;
        }
        return best.toBuilder().setAll(HeaderName.WWW_AUTHENTICATE, all(HeaderName.WWW_AUTHENTICATE))
            .setAll(HeaderName.PROXY_AUTHENTICATE, all(HeaderName.PROXY_AUTHENTICATE)).build();
    }

    private List<String> all(HeaderName name) {
        return finals.stream().filter(response -> response.status() == 401 || response.status() == 407)
            .flatMap(response -> response.values(name).stream()).toList();
    }

    /** 6xx first, then the lowest class, and within it what helps the caller to try again (§16.7 step 6). */
    private static int rank(Response response) {
        int statusClass = response.status() / 100;
        int useful = USEFUL.contains(response.status()) ? 0 : 1;
        return statusClass == 6 ? 0 : 2 * statusClass + useful;
    }
}
