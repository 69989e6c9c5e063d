package io.earshot.sip.ua;

import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Target;
import io.earshot.sip.transaction.Hop;
import io.earshot.sip.transaction.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One request on its way, whatever its method: found a server for (RFC 3263), sent, answered challenges for (RFC 3261 §22), sent to the
 * next server when one fails (RFC 3263 §4.3), until its handler has a final response or a failure.
 */
final class ClientRequest implements Context.Finder {
    /**
     * What to send.
     *
     * @param template the request, complete but for Via, Contact, the number of CSeq and credentials
     * @param nextHop where to: the first route or the Request-URI
     * @param account whose credentials answer challenges
     * @param contacts writes Contact when the way is known
     * @param sequence gives CSeq numbers: one for the request, one for each challenge answered
     */
    record Plan(Request template, Uri nextHop, Optional<Account> account, Contacts contacts, LongSupplier sequence) { }

    /** Writes the Contact of a request once it is known which way it goes. */
    interface Contacts {
        /** For requests without Contact. */
        Contacts NONE = hop -> List.of();

        List<NameAddr> over(Hop hop);
    }

    /** Who wants to know. After a failure or a final response nothing follows, but further 2xx to an INVITE. */
    interface Handler {
        /** A provisional response. */
        default void onProvisional(ClientRequest request, Response response, long now) {
        }

        /** A final response; for an INVITE each 2xx of each fork, repetitions included. */
        void onFinal(ClientRequest request, Response response, long now);

        void onFailure(ClientRequest request, Failure failure, long now);
    }

    private enum State { SEARCHING, ACTIVE, CANCELLED, DONE }

    private final Context context;
    private final Plan plan;
    private final Handler handler;
    private State state = State.SEARCHING;
    private long search;
    private List<Target> targets = List.of();
    private int nextTarget;
    private Hop hop;
    private Request sent;
    private TransactionId transaction;
    private final Authenticator authenticator;
    private Failure lastFailure = new Failure.Unreachable("No way to the server");

    ClientRequest(Context context, Plan plan, Handler handler) {
        this.context = context;
        this.plan = plan;
        this.handler = handler;
        this.sent = plan.template();
        this.authenticator = new Authenticator(plan.account());
    }

    void start(long now) {
        search = context.find(plan.nextHop(), this, now);
        context.requests.searching(1);
    }

    /** Returns the request as last sent, with its CSeq and credentials. */
    Request sent() {
        return sent;
    }

    /** Returns the hop it was last sent over; empty before that. */
    Optional<Hop> hop() {
        return Optional.ofNullable(hop);
    }

    /** Tells whether the outcome is still open. */
    boolean isPending() {
        return state != State.DONE;
    }

    /** Gives up: nothing is sent if nothing was sent yet; an INVITE is cancelled (RFC 3261 §9.1). The handler still hears of late 2xx. */
    void cancel(long now) {
        if (state == State.SEARCHING) {
            context.forget(search);
            context.requests.searching(-1);
            state = State.DONE;
        } else if (state == State.ACTIVE) {
            state = State.CANCELLED;
            context.layer.cancel(transaction, now);
        }
    }

    @Override
    public void found(List<Target> found, long now) {
        if (state != State.SEARCHING) {
            return;
        }
        context.requests.searching(-1);
        state = State.ACTIVE;
        targets = context.outages.order(found, now);
        sent = numbered(plan.template());
        if (!sendToNext(now)) {
            fail(lastFailure, now);
        }
    }

    @Override
    public void notFound(String reason, long now) {
        if (state == State.SEARCHING) {
            context.requests.searching(-1);
            fail(new Failure.Unreachable(reason), now);
        }
    }

    private Request numbered(Request request) {
        return request.toBuilder().set(HeaderName.CSEQ, new CSeq(plan.sequence().getAsLong(), request.method())).build();
    }

    /** Sends to the next server there is a way to. */
    private boolean sendToNext(long now) {
        while (nextTarget < targets.size()) {
            targets = LongRequests.route(context, targets, nextTarget, this::size, now);
            Target target = targets.get(nextTarget++);
            Optional<Hop> way = context.hop(target);
            if (way.isPresent()) {
                hop = way.get();
                transmit(now);
                return true;
            }
            lastFailure = new Failure.Unreachable("No route over " + target.protocol() + " to " + target.address());
        }
        return false;
    }

    /** Returns the request with the Contact that this hop asks for. */
    private Request addressed(Hop way) {
        RequestBuilder builder = sent.toBuilder();
        builder.remove(HeaderName.CONTACT);
        for (NameAddr contact : plan.contacts().over(way)) {
            builder.add(HeaderName.CONTACT, contact);
        }
        return builder.build();
    }

    /** Returns about how many bytes the request is going to have over this hop, without Via. */
    private int size(Hop way) {
        return addressed(way).toBytes().length + authenticator.room(way);
    }

    private void transmit(long now) {
        sent = authenticator.authorize(addressed(hop), hop);
        transaction = context.layer.send(sent, hop, now);
        context.requests.put(transaction, this);
    }

    void onResponse(TransactionId from, Response response, long now) {
        if (!from.equals(transaction)) {
            return;
        }
        if (response.status() != 503) {
            context.outages.answered(targets.get(nextTarget - 1));
        }
        if (response.isProvisional()) {
            if (state == State.ACTIVE) {
                handler.onProvisional(this, response, now);
            }
        } else if (response.isSuccess()) {
            state = State.DONE;
            handler.onFinal(this, response, now);
        } else if (state == State.ACTIVE) {
            onRejection(response, now);
        } else {
            state = State.DONE;
        }
    }

    private void onRejection(Response response, long now) {
        if (response.status() == 503) {
            context.outages.failed(targets.get(nextTarget - 1), now);
            if (sendToNext(now)) {
                return;
            }
        }
        if (response.status() == 401 || response.status() == 407) {
            Authenticator.Result result = authenticator.onChallenge(sent, response, hop);
            if (result instanceof Authenticator.Result.Retry retry) {
                sent = numbered(retry.request());
                nextTarget--; // the same server, but with its credentials the request may have become too long for UDP
                if (!sendToNext(now)) {
                    fail(lastFailure, now);
                }
            } else {
                fail(((Authenticator.Result.Refused) result).failure(), now);
            }
            return;
        }
        state = State.DONE;
        handler.onFinal(this, response, now);
    }

    void onTimeout(TransactionId from, long now) {
        if (from.equals(transaction)) {
            lastFailure = new Failure.TimedOut("No answer from " + describe(hop) + " within " + context.lifetime() / 1_000_000_000L + " s");
            next(now);
        }
    }

    void onTransportError(TransactionId from, String reason, long now) {
        if (from.equals(transaction)) {
            lastFailure = new Failure.TransportFailed("Cannot send to " + describe(hop) + ": " + reason);
            next(now);
        }
    }

    private void next(long now) {
        if (state == State.CANCELLED) {
            state = State.DONE;
        } else if (state == State.ACTIVE) {
            context.outages.failed(targets.get(nextTarget - 1), now);
            if (!sendToNext(now)) {
                fail(lastFailure, now);
            }
        }
    }

    private void fail(Failure failure, long now) {
        state = State.DONE;
        handler.onFailure(this, failure, now);
    }

    private static String describe(Hop hop) {
        String address = Context.host(hop.peer()) + ":" + hop.peer().getPort();
        return hop.host().equals(Context.host(hop.peer())) ? address : hop.host() + " (" + address + ")";
    }
}
