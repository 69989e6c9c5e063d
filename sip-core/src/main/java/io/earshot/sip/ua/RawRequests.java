package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.Builder;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Requests that the engine has no meaning for: sent for its user, within a call or outside, with authentication and fail-over as for any
 * other; and received for its user, of methods he names. Outcomes are {@link RawEvent}s. Confined to the engine's thread.
 */
public final class RawRequests {
    /** How long the user may take to answer what came in, in ns; not longer than the sender waits (RFC 3261 §17.1.2.2). */
    public static final long PATIENCE = 20 * Ticker.SECOND;

    private record Pending(ServerRequest request, Agenda.Entry deadline) { }

    private final Context context;
    private final Accounts accounts;
    private final Sessions sessions;
    private final LongConsumer pump;
    private final Map<RawId, Pending> pending = new HashMap<>();
    private final Taker taker = new Taker();
    private long last;

    RawRequests(Context context, Accounts accounts, Sessions sessions, LongConsumer pump) {
        this.context = context;
        this.accounts = accounts;
        this.sessions = sessions;
        this.pump = pump;
    }

    /** Sends a request outside any dialog. An unknown account is a {@link RawEvent.Failed}. */
    public RawId send(AccountId accountId, Uri target, RawRequest wanted, long now) {
        RawId id = new RawId(++last);
        Optional<Account> account = accounts.get(accountId);
        if (account.isEmpty()) {
            context.emit(new RawEvent.Failed(id, new Failure.Unreachable("There is no such account: " + accountId)));
            return id;
        }
        AccountSettings settings = account.get().settings();
        NameAddr to = NameAddr.of(target instanceof io.earshot.sip.message.SipUri sip ? sip.withoutHeaders() : target);
        RequestBuilder builder = Outgoing.outside(context, settings, wanted.method(), target, to, context.token(), context.token());
        long[] sequence = {0};
        context.requests.send(new ClientRequest.Plan(filled(builder, wanted).build(), Outgoing.nextHop(settings, target), account,
            hop -> List.of(NameAddr.of(context.contact(account, settings.contactUser(), hop))), () -> ++sequence[0]), new Asked(id), now);
        pump.accept(now);
        return id;
    }

    /**
     * Sends a request in the dialog of an established call.
     *
     * @return empty if the call is over or not established
     */
    public Optional<RawId> send(SessionId sessionId, RawRequest wanted, long now) {
        RawId id = new RawId(last + 1);
        boolean sent = sessions.with(sessionId, session -> session.phase().talk().map(dialog -> {
            last++;
            RequestBuilder builder = session.decorate(filled(Outgoing.inDialog(context, dialog, wanted.method()), wanted));
            context.requests.send(new ClientRequest.Plan(builder.build(), dialog.nextHop(), session.account(),
                hop -> List.of(NameAddr.of(context.contact(session.account(), session.contactUser(), hop))), dialog::nextSequence),
                new Asked(id), now);
            return true;
        }).orElse(false));
        pump.accept(now);
        return sent ? Optional.of(id) : Optional.empty();
    }

    /**
     * Takes requests of a method from now on, where it would have got 405 or 501. Allow names it.
     *
     * @throws IllegalArgumentException if the engine takes this method itself
     */
    public void accept(SipMethod method) {
        if (!context.extensions.takes(taker, method)) {
            if (context.extensions.allows(method)) {
                throw new IllegalArgumentException(method + " is handled by the engine itself");
            }
            context.extensions.add(method, taker);
        }
    }

    /** Takes requests of a method no longer. */
    public void ignore(SipMethod method) {
        context.extensions.remove(method, taker);
    }

    /**
     * Answers a request that {@link RawEvent.Received} brought.
     *
     * @param status 200 to 699
     * @param contentType of the body; empty when there is none
     * @return whether it still waited for an answer
     */
    public boolean respond(RawId id, int status, List<ExtraHeader> headers, Optional<MediaType> contentType, byte[] body, long now) {
        if (status < 200 || status > 699) {
            throw new IllegalArgumentException("an answer is 200 to 699, not " + status);
        }
        Pending waiting = pending.remove(id);
        if (waiting != null) {
            context.agenda.cancel(waiting.deadline());
            ResponseBuilder reply = context.reply(waiting.request(), status, context.token());
            context.respond(waiting.request(), filled(reply, headers, contentType, body).build(), now);
        }
        pump.accept(now);
        return waiting != null;
    }

    private static RequestBuilder filled(RequestBuilder builder, RawRequest wanted) {
        return filled(builder, wanted.headers(), wanted.contentType(), wanted.body());
    }

    private static <B extends Builder<B>> B filled(B builder, List<ExtraHeader> headers, Optional<MediaType> type, byte[] body) {
        headers.forEach(header -> builder.add(header.name(), header.value()));
        type.ifPresent(known -> builder.body(known, body));
        return builder;
    }

    private void take(ServerRequest request, Optional<Account> account, Optional<SessionId> session, long now) {
        RawId id = new RawId(++last);
        pending.put(id, new Pending(request, context.agenda.at(now + PATIENCE, then -> {
            pending.remove(id);
            context.respond(request, 500, then);
        })));
        context.emit(new RawEvent.Received(id, account.map(Account::id), session, request.request()));
    }

    private final class Taker implements MethodHandler {
        @Override
        public void onRequest(ServerRequest request, long now) {
            take(request, accounts.match(request.request(), request.flow()), Optional.empty(), now);
        }

        @Override
        public void onRequestInCall(ServerRequest request, Session session, Dialog dialog, long now) {
            take(request, session.account(), Optional.of(session.id()), now);
        }
    }

    private final class Asked implements ClientRequest.Handler {
        private final RawId id;

        private Asked(RawId id) {
            this.id = id;
        }

        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            context.emit(new RawEvent.Answered(id, response));
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            context.emit(new RawEvent.Failed(id, failure));
        }
    }
}
