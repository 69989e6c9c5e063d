package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Target;
import io.earshot.sip.transaction.Hop;
import io.earshot.sip.transaction.Timers;
import io.earshot.sip.transaction.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One request on its way, whatever its method: found a server for (RFC 3263), sent, answered challenges for (RFC 3261 §22), sent to the
 * next server when one fails (RFC 3263 §4.3), until its handler has a final response or a failure.
 *
 * <p>A server that says nothing at all is given up on after the account's {@link FailOver#patience}, 5 s, rather than 32 s when there is
 * another one, by DNS or as a backup of the account's. Should it answer after all before that other one does, its answer counts; an INVITE
 * to it is cancelled as soon as it can be (RFC 3261 §9.1).
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
     * @param avoided a server that it is not to go to
     */
    record Plan(Request template, Uri nextHop, Optional<Account> account, Contacts contacts, LongSupplier sequence,
            Optional<InetSocketAddress> avoided) {
        Plan(Request template, Uri nextHop, Optional<Account> account, Contacts contacts, LongSupplier sequence) {
            this(template, nextHop, account, contacts, sequence, Optional.empty());
        }
    }

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

    /** The request as it went to one server. */
    private record Attempt(TransactionId transaction, Target target, Hop hop, Request sent) { }

    private final Context context;
    private final Plan plan;
    private final Handler handler;
    private State state = State.SEARCHING;
    private long search;
    private List<Target> targets = List.of();
    private Optional<Target> best = Optional.empty();
    private int nextTarget;
    private Hop hop;
    private Request sent;
    private Optional<Attempt> current = Optional.empty();
    private final List<Attempt> givenUp = new ArrayList<>();
    private Optional<Race> race = Optional.empty();
    private Agenda.Entry patience = Agenda.Entry.NONE;
    private Authenticator authenticator;
    private Failure lastFailure = new Failure.Unreachable("No way to the server");

    ClientRequest(Context context, Plan plan, Handler handler) {
        this.context = context;
        this.plan = plan;
        this.handler = handler;
        this.sent = plan.template();
        this.authenticator = new Authenticator(plan.account());
    }

    void start(long now) {
        Optional<WebSocketWay> way = plan.account().map(Account::webSocket).filter(WebSocketWay::isUsed);
        if (way.isPresent()) {
            search = -1;
            way.get().find(this, now);
        } else {
            search = context.find(plan.nextHop(), this, now);
        }
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

    /** Returns the server it last went to; empty before that. */
    Optional<Target> target() {
        return current.map(Attempt::target);
    }

    /** Tells whether that is the server that comes first while all are well. */
    boolean isAtBest() {
        return best.isPresent() && target().filter(now -> now.address().equals(best.get().address())).isPresent();
    }

    /** Gives up without a word to anybody; the transaction ends by itself. */
    void abandon() {
        if (state == State.SEARCHING) {
            context.forget(search);
            context.requests.searching(-1);
        }
        calm();
        state = State.DONE;
    }

    /** Tells whether the outcome is still open. */
    boolean isPending() {
        return state != State.DONE;
    }

    /** Gives up: nothing is sent if nothing was sent yet; an INVITE is cancelled (RFC 3261 §9.1). The handler still hears of late 2xx. */
    void cancel(long now) {
        cancel(List.of(), now);
    }

    /** Gives up and says why, in the Reason headers of the CANCEL. */
    void cancel(List<String> reasons, long now) {
        if (state == State.SEARCHING) {
            context.forget(search);
            context.requests.searching(-1);
            state = State.DONE;
        } else if (race.isPresent()) {
            stopRace();
            state = State.DONE;
        } else if (state == State.ACTIVE) {
            state = State.CANCELLED;
            calm();
            context.layer.cancel(current.orElseThrow().transaction(), reasons, now);
        }
    }

    @Override
    public void found(List<Target> found, long now) {
        if (state != State.SEARCHING) {
            return;
        }
        context.requests.searching(-1);
        state = State.ACTIVE;
        best = Optional.of(context.stickiness.best(found));
        targets = context.outages.order(context.stickiness.order(sent.callId(), found, now), now);
        if (!failOver().dns()) {
            targets = targets.subList(0, 1);
        }
        targets = targets.stream().filter(target -> plan.avoided().filter(target.address()::equals).isEmpty()).toList();
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

    private FailOver failOver() {
        return plan.account().map(account -> account.settings().failOver()).orElse(FailOver.DEFAULT);
    }

    /** Tells whether this goes to the account's server and the account has another one. */
    private boolean hasBackup() {
        return plan.account().filter(account -> account.servers() > 1 && sent.to().tag().isEmpty()).isPresent();
    }

    private Optional<Hop> hop(Target target) {
        return context.hop(target).map(way -> plan.account().map(known -> known.webSocket().dress(way)).orElse(way));
    }

    private Request numbered(Request request) {
        return request.toBuilder().set(HeaderName.CSEQ, new CSeq(plan.sequence().getAsLong(), request.method())).build();
    }

    /** Sends to the next server there is a way to. */
    private boolean sendToNext(long now) {
        while (nextTarget < targets.size()) {
            targets = LongRequests.route(context, targets, nextTarget, this::size, now);
            List<Target> rivals = Race.rivals(context, targets, nextTarget);
            if (!rivals.isEmpty()) {
                race(rivals, now);
                return true;
            }
            Target target = targets.get(nextTarget++);
            Optional<Hop> way = hop(target);
            if (way.isPresent()) {
                hop = way.get();
                begin(target, now);
                return true;
            }
            lastFailure = new Failure.Unreachable("No route over " + target.protocol() + " to " + target.address());
        }
        return false;
    }

    /** Sends to whichever of a server's addresses can be connected to first. */
    private void race(List<Target> rivals, long now) {
        context.requests.searching(1);
        race = Optional.of(new Race(context, rivals, new Race.Finish() {
            @Override
            public void won(Target winner, List<Target> others, long then) {
                endRace();
                List<Target> left = new ArrayList<>(targets.subList(0, nextTarget));
                left.add(winner);
                left.addAll(others);
                targets.stream().skip(nextTarget).filter(target -> !rivals.contains(target)).forEach(left::add);
                targets = left;
                nextTarget++;
                hop(winner).ifPresentOrElse(way -> {
                    hop = way;
                    begin(winner, then);
                }, () -> goOn(then));
            }

            @Override
            public void lost(String reason, long then) {
                endRace();
                nextTarget += rivals.size();
                lastFailure = new Failure.TransportFailed("Cannot send to " + rivals.get(0).host() + ": " + reason);
                goOn(then);
            }
        }));
        race.get().start(now);
    }

    private void goOn(long now) {
        if (!sendToNext(now)) {
            fail(lastFailure, now);
        }
    }

    private void endRace() {
        race = Optional.empty();
        context.requests.searching(-1);
    }

    private void stopRace() {
        race.ifPresent(running -> {
            endRace();
            running.stop();
        });
    }

    /** Waits for this server for a shorter time if there is another one. */
    private void beImpatient(long now) {
        boolean another = targets.stream().skip(nextTarget).anyMatch(target -> hop(target).isPresent());
        if (another || hasBackup()) {
            patience = context.agenda.at(now + patience(), this::giveUp);
        }
    }

    /** 5 s with the usual T1: four transmissions. */
    private long patience() {
        FailOver wanted = failOver();
        boolean quick = wanted.probe() && plan.account().filter(account -> account.registration().isFirst()).isPresent();
        return quick ? Math.min(wanted.patience(), Ticker.SECOND)
            : Math.round(wanted.patience() * (context.config.timers().t1() / (double) Timers.DEFAULT.t1()));
    }

    private void calm() {
        context.agenda.cancel(patience);
        patience = Agenda.Entry.NONE;
    }

    private void giveUp(long now) {
        Attempt silent = current.orElseThrow();
        context.outages.failed(silent.target(), now);
        lastFailure = new Failure.TimedOut("No answer from " + describe(hop) + " within " + patience() / 1_000_000L + " ms");
        if (!sendToNext(now)) {
            if (hasBackup()) {
                giveWay(silent, now);
            }
            return; // the ways to the others are gone meanwhile
        }
        givenUp.add(silent);
        if (silent.sent().method().equals(SipMethod.INVITE)) {
            context.layer.cancel(silent.transaction(), now);
        }
    }

    /** Leaves it to the handler to go to the account's next server. */
    private void giveWay(Attempt silent, long now) {
        if (silent.sent().method().equals(SipMethod.INVITE)) {
            context.layer.cancel(silent.transaction(), now);
        }
        fail(lastFailure, now);
    }

    /** Returns the request with the Contact that this hop asks for. */
    private Request addressed(Hop way) {
        RequestBuilder builder = sent.toBuilder();
        builder.remove(HeaderName.CONTACT);
        for (NameAddr contact : Security.contacts(sent, plan.contacts().over(way))) {
            builder.add(HeaderName.CONTACT, contact);
        }
        plan.account().ifPresent(known -> known.webSocket().route(builder, sent.to().tag().isPresent(), way));
        return builder.build();
    }

    /** Returns about how many bytes the request is going to have over this hop, without Via. */
    private int size(Hop way) {
        return addressed(way).toBytes().length + authenticator.room(way);
    }

    /** Sends to a server anew. What another has asked for is none of its business; the same, over another protocol, asks only once. */
    private void begin(Target target, long now) {
        boolean sameServer = current.filter(last -> last.target().address().equals(target.address())).isPresent();
        if (authenticator.isChallenged() && !sameServer) {
            authenticator = new Authenticator(plan.account());
            sent = Authenticator.withoutCredentials(sent);
        }
        transmit(target, now);
        beImpatient(now);
    }

    private void transmit(Target target, long now) {
        sent = authenticator.authorize(OfferFamily.fit(context, addressed(hop), hop), hop);
        Attempt attempt = new Attempt(context.layer.send(sent, hop, now), target, hop, sent);
        current = Optional.of(attempt);
        context.requests.put(attempt.transaction(), this);
    }

    /** Sends to the server that wants credentials, with which the request may have become too long for UDP. */
    private void sendAgain(Target target, long now) {
        List<Target> again = new ArrayList<>(targets);
        again.add(nextTarget, target);
        targets = LongRequests.route(context, again, nextTarget, this::size, now);
        Target chosen = targets.get(nextTarget++);
        hop = chosen.equals(target) ? hop : hop(chosen).orElse(hop);
        transmit(chosen, now);
        beImpatient(now);
    }

    void onResponse(TransactionId from, Response response, long now) {
        Optional<Attempt> late = givenUp.stream().filter(attempt -> attempt.transaction().equals(from)).findFirst();
        if (late.isPresent() && !takesOver(late.get(), response, now) || late.isEmpty() && !isCurrent(from)) {
            return;
        }
        calm();
        if (response.status() != 503) {
            context.outages.answered(current.orElseThrow().target());
        }
        plan.account().ifPresent(account -> account.registration().onEcho(hop, response, now));
        if (response.isProvisional()) {
            if (state == State.ACTIVE) {
                handler.onProvisional(this, response, now);
            }
        } else if (response.isSuccess()) {
            state = State.DONE;
            if (Acks.wanted(response)) {
                context.stickiness.inCall(response.callId(), current.orElseThrow().target());
            }
            handler.onFinal(this, response, now);
        } else if (state == State.ACTIVE) {
            onRejection(response, now);
        } else {
            state = State.DONE;
        }
    }

    private boolean isCurrent(TransactionId transaction) {
        return current.isPresent() && current.get().transaction().equals(transaction);
    }

    /**
     * A server that was given up on answers: that counts if no other has, and a 2xx to an INVITE always, as somebody has to acknowledge
     * it. Tells whether its attempt is the current one now.
     */
    private boolean takesOver(Attempt late, Response response, long now) {
        boolean invite = late.sent().method().equals(SipMethod.INVITE);
        boolean counts = invite ? response.isSuccess() : state == State.ACTIVE && !response.isProvisional() && response.status() != 503;
        if (!counts) {
            return false;
        }
        stopRace();
        givenUp.remove(late);
        if (invite && state == State.ACTIVE) {
            context.layer.cancel(current.orElseThrow().transaction(), now);
        }
        current.ifPresent(givenUp::add);
        current = Optional.of(late);
        hop = late.hop();
        sent = late.sent();
        return true;
    }

    private void onRejection(Response response, long now) {
        Target target = current.orElseThrow().target();
        if (response.status() == 503) {
            response.seconds(HeaderName.RETRY_AFTER).ifPresentOrElse(
                seconds -> context.outages.busy(target, Context.seconds(seconds), now), () -> context.outages.failed(target, now));
            if (sendToNext(now)) {
                return;
            }
        }
        if (response.status() == 401 || response.status() == 407) {
            Authenticator.Result result = authenticator.onChallenge(sent, response, hop);
            if (result instanceof Authenticator.Result.Retry retry) {
                sent = numbered(retry.request());
                sendAgain(target, now);
            } else {
                fail(((Authenticator.Result.Refused) result).failure(), now);
            }
            return;
        }
        state = State.DONE;
        handler.onFinal(this, response, now);
    }

    void onTimeout(TransactionId from, long now) {
        if (isCurrent(from)) {
            lastFailure = new Failure.TimedOut("No answer from " + describe(hop) + " within " + context.lifetime() / 1_000_000_000L + " s");
            next(now);
        }
    }

    void onTransportError(TransactionId from, String reason, long now) {
        if (isCurrent(from)) {
            lastFailure = new Failure.TransportFailed("Cannot send to " + describe(hop) + ": " + reason);
            next(now);
        }
    }

    private void next(long now) {
        calm();
        if (race.isPresent()) {
            return; // another server is being connected to already
        }
        if (state == State.CANCELLED) {
            state = State.DONE;
        } else if (state == State.ACTIVE) {
            context.outages.failed(current.orElseThrow().target(), now);
            if (!sendToNext(now)) {
                fail(lastFailure, now);
            }
        }
    }

    private void fail(Failure failure, long now) {
        state = State.DONE;
        plan.account().ifPresent(account -> account.registration().onSilence(hop, failure, now));
        handler.onFailure(this, failure, now);
    }

    private static String describe(Hop hop) {
        String address = Context.host(hop.peer()) + ":" + hop.peer().getPort();
        return hop.host().equals(Context.host(hop.peer())) ? address : hop.host() + " (" + address + ")";
    }
}
