package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.VoipException;
import io.earshot.api.check.Check;
import io.earshot.api.identity.CallerVerification;
import io.earshot.sip.identity.Diversion;
import io.earshot.sip.identity.HistoryEntry;
import io.earshot.sip.identity.Reason;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.SipEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** What programs hold of a call that is not answered yet. */
final class EngineIncomingCall implements IncomingCall {
    private final EngineContext context;
    private final CallStarter starter;
    private final EngineCall call;
    private final SipEvent.IncomingCall event;
    private final Optional<Call> joins;
    private final Answerer answerer;
    private final AtomicBoolean decided = new AtomicBoolean();
    /** Whether a rule has answered it, so that the program's own answer changes nothing. */
    private final AtomicBoolean byRule = new AtomicBoolean();

    EngineIncomingCall(EngineContext context, CallStarter starter, EngineCall call, SipEvent.IncomingCall event, Optional<Call> joins) {
        this.joins = joins;
        this.context = context;
        this.starter = starter;
        this.call = call;
        this.event = event;
        this.answerer = new Answerer(context, starter, call, event);
    }

    CallSession session() {
        return call.session();
    }

    /** Takes the decision; tells whether it was still open. */
    boolean claim() {
        return decided.compareAndSet(false, true);
    }

    /** Answers by itself, unless somebody decided before; on the loop. */
    void answerByRule() {
        if (!session().isOver() && claim()) {
            answerNow();
        }
    }

    /** Answers by itself what a rule has taken the decision on; on the loop. */
    void answerNow() {
        byRule.set(true);
        answerer.answer(starter.wish(CallOptions.DEFAULT));
    }

    @Override
    public Call.Peer caller() {
        return call.remote();
    }

    @Override
    public String called() {
        return event.request().requestUri().toString();
    }

    @Override
    public Account account() {
        return call.account();
    }

    @Override
    public Optional<String> header(String name) {
        return event.request().value(HeaderName.of(Check.headerName(name, "name")));
    }

    @Override
    public CompletableFuture<CallerVerification> verification() {
        return context.identity().verify(event.request(), context.wallClock().instant());
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public Optional<Call> joins() {
        return joins;
    }

    @Override
    public void ring() {
        context.loop().execute(() -> context.signalling().engine().ring(event.session(), 180, Optional.empty(), context.now()));
    }

    @Override
    public CompletableFuture<Call> startEarlyMedia(CallOptions options) {
        return answerer.early(starter.wish(options)).future();
    }

    @Override
    public Call answer(CallOptions options) {
        answerAsync(options);
        return call.awaitAnswer();
    }

    @Override
    public Call answerAsync(CallOptions options) {
        CallStarter.Wish wish = starter.wish(options);
        if (byRule.get()) {
            return call;
        }
        decide();
        joins.ifPresent(other -> ((EngineCall) other).media().shareSound(call.media()));
        joins.ifPresent(call::conferenceWith);
        answerer.answer(wish);
        return call;
    }

    /** Refuses a call that the program's handler failed to deal with. */
    void abandon() {
        if (decided.compareAndSet(false, true)) {
            Failure failure = new Failure.Protocol("The program's handler of incoming calls failed; its log says why.");
            context.loop().execute(() -> call.session().refuse(500, List.of(), failure));
        }
    }

    @Override
    public void reject(int status) {
        reject(status, Map.of());
    }

    @Override
    public void reject(int status, Map<String, String> headers) {
        if (status < 400 || status > 699) {
            throw Addresses.bad("A call is refused with a status from 400 to 699, not " + status + ".");
        }
        List<ExtraHeader> extra = CallStarter.headers(requireNonNull(headers, "headers"));
        decide();
        context.loop().execute(() -> call.session().reject(status, extra));
    }

    @Override
    public void redirect(String target) {
        Uri uri = Addresses.target(target, call.account().config());
        decide();
        context.loop().execute(() -> redirect(uri, "deflection", 302));
    }

    /**
     * Sends it elsewhere and says why; on the loop.
     *
     * @param reason a word of RFC 5806
     * @param cause a status, for History-Info
     */
    void redirect(Uri target, String reason, int cause) {
        Uri here = Addresses.target(call.account().address(), call.account().config());
        List<ExtraHeader> headers = new ArrayList<>();
        headers.add(new ExtraHeader(HeaderName.DIVERSION, Diversion.of(here, reason).toString()));
        Diversion.of(event.request()).forEach(entry -> headers.add(new ExtraHeader(HeaderName.DIVERSION, entry.toString())));
        HistoryEntry.after(HistoryEntry.of(event.request()), here, Reason.sip(cause, ""), target)
                .forEach(entry -> headers.add(new ExtraHeader(HeaderName.HISTORY_INFO, entry.toString())));
        context.signalling().engine().extras().redirect(event.session(), List.of(NameAddr.of(target)), headers, context.now());
    }

    private void decide() {
        if (!decided.compareAndSet(false, true)) {
            throw new VoipException(new Failure.BadArgument("This call was already answered, rejected or redirected."));
        }
    }
}
