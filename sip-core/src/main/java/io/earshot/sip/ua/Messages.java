package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.im.Cpim;
import io.earshot.sip.im.ImContent;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Instant messages in page mode (RFC 3428), outside dialogs and within calls; a command object of {@link SipEngine}, on its thread.
 * {@link MessageEvent} tells what becomes of them. A message that is too long for UDP goes by TCP where there is TCP (RFC 3261 §18.1.1).
 */
public final class Messages {
    /** The most bytes of a body that are taken; more get 413. */
    public static final int MOST_BYTES = 65_536;
    /** The most messages that are taken within a second; more get 503. */
    static final int MOST_PER_SECOND = 200;
    private static final int REMEMBERED = 4_096;

    private final Context context;
    private final Accounts accounts;
    private final Sessions sessions;
    private final LongConsumer pump;
    private final Seen seen = new Seen(REMEMBERED);
    private boolean accepting = true;
    private long last;
    private long second = Long.MIN_VALUE;
    private int inSecond;

    Messages(Context context, Accounts accounts, Sessions sessions, LongConsumer pump) {
        this.context = context;
        this.accounts = accounts;
        this.sessions = sessions;
        this.pump = pump;
        context.extensions.add(SipMethod.MESSAGE, new Receiver());
    }

    /** Sets whether messages are taken; they are by default. Others get 403. */
    public void accepting(boolean accept) {
        accepting = accept;
    }

    /**
     * Sends a message outside any dialog. Redirections are followed.
     *
     * @param target Request-URI and To
     * @return the name its outcome comes under; an unknown account fails too
     */
    public MessageId send(AccountId from, Uri target, MessageRequest message, long now) {
        Sending sending = new Sending(new MessageId(++last), message);
        Optional<Account> account = accounts.get(from);
        if (account.isEmpty()) {
            sending.fail(new Failure.Unreachable("There is no such account: " + from));
        } else {
            sending.outside(account.get(), target, now);
        }
        pump.accept(now);
        return sending.id;
    }

    /** Sends a message within an established call (RFC 3428 §7: its dialog is not changed by it). */
    public MessageId send(SessionId call, MessageRequest message, long now) {
        Sending sending = new Sending(new MessageId(++last), message);
        Optional<Dialog> dialog = sessions.find(call).flatMap(session -> session.phase().talk());
        if (dialog.isEmpty()) {
            sending.fail(new Failure.Unreachable("The call is not established"));
        } else {
            sending.inside(sessions.find(call).get(), dialog.get(), now);
        }
        pump.accept(now);
        return sending.id;
    }

    /** One message of ours on its way. */
    private final class Sending implements ClientRequest.Handler {
        private final MessageId id;
        private final MessageRequest message;
        private Optional<Account> account = Optional.empty();
        private Optional<Redirects> redirects = Optional.empty();
        private NameAddr to;
        private String callId = "";
        private String tag = "";
        private long sequence;

        Sending(MessageId id, MessageRequest message) {
            this.id = id;
            this.message = message;
        }

        void outside(Account from, Uri target, long now) {
            account = Optional.of(from);
            redirects = Optional.of(new Redirects(context.config.maxRedirects(), target));
            to = NameAddr.of(target instanceof SipUri sip ? sip.withoutHeaders() : target);
            callId = context.token();
            tag = context.token();
            towards(target, now);
        }

        private void towards(Uri target, long now) {
            AccountSettings settings = account.orElseThrow().settings();
            RequestBuilder builder = Outgoing.outside(context, settings, SipMethod.MESSAGE, target, to, callId, tag);
            send(builder, Outgoing.nextHop(settings, target), () -> ++sequence, now);
        }

        void inside(Session session, Dialog dialog, long now) {
            account = session.account();
            send(Outgoing.inDialog(context, dialog, SipMethod.MESSAGE), dialog.nextHop(), dialog::nextSequence, now);
        }

        /** RFC 3428 §4: without Contact. */
        private void send(RequestBuilder builder, Uri nextHop, java.util.function.LongSupplier numbers, long now) {
            message.headers().forEach(header -> builder.add(header.name(), header.value()));
            Request template = builder.body(message.type(), message.body()).build();
            context.requests.send(new ClientRequest.Plan(template, nextHop, account, ClientRequest.Contacts.NONE, numbers), this, now);
        }

        void fail(Failure cause) {
            context.emit(new MessageEvent.Failed(id, cause));
        }

        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            if (response.isSuccess()) {
                context.emit(new MessageEvent.Accepted(id, response));
                return;
            }
            redirects.ifPresent(places -> places.add(response));
            Optional<SipUri> elsewhere = response.status() < 400 ? redirects.flatMap(Redirects::next) : Optional.empty();
            if (elsewhere.isPresent()) {
                towards(elsewhere.get(), now);
            } else {
                fail(Failures.of(response));
            }
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            fail(failure);
        }
    }

    /** Takes what comes in (RFC 3428 §7). */
    private final class Receiver implements MethodHandler {
        @Override
        public void onRequest(ServerRequest request, long now) {
            Optional<Account> account = accounts.match(request.request(), request.flow()).or(accounts::only);
            if (account.isEmpty()) {
                context.respond(request, 404, now);
            } else {
                take(request, account.get(), Optional.empty(), now);
            }
        }

        @Override
        public void onRequestInCall(ServerRequest request, Session session, Dialog dialog, long now) {
            Optional<Account> account = session.account().or(accounts::only);
            if (account.isEmpty()) {
                context.respond(request, 404, now);
            } else {
                take(request, account.get(), Optional.of(session.id()), now);
            }
        }

        private void take(ServerRequest request, Account account, Optional<SessionId> session, long now) {
            Request received = request.request();
            MediaType type = received.contentType().orElse(MediaType.TEXT_PLAIN);
            if (!accepting) {
                context.respond(request, context.reply(request, 403, context.token()).reasonPhrase("Messages Not Taken").build(), now);
            } else if (tooMany(now)) {
                context.respond(request, context.reply(request, 503, context.token()).set(HeaderName.RETRY_AFTER, "2").build(), now);
            } else if (received.bodyLength() > MOST_BYTES) {
                context.respond(request, 413, now);
            } else {
                answer(request, account, session, ImContent.read(type, received.body()), now);
            }
        }

        private void answer(ServerRequest request, Account account, Optional<SessionId> session, ImContent content, long now) {
            if (content instanceof ImContent.Unsupported || content instanceof ImContent.Malformed) {
                refuse(request, account, content, now);
            } else {
                context.respond(request, 200, now);
                if (seen.add(name(request.request(), content))) {
                    context.emit(new MessageEvent.Received(account.id(), session, request.request(), content));
                }
            }
        }

        private void refuse(ServerRequest request, Account account, ImContent content, long now) {
            if (content instanceof ImContent.Unsupported) {
                context.respond(request, context.reply(request, 415, context.token()).set(HeaderName.ACCEPT, ImContent.ACCEPT).build(),
                    now);
            } else if (content instanceof ImContent.Malformed malformed) {
                context.respond(request, context.reply(request, 400, context.token())
                    .reasonPhrase("Malformed body: " + malformed.detail()).build(), now);
            }
            Optional<Cpim> envelope = request.request().contentType().filter(type -> type.matches(Cpim.TYPE))
                .flatMap(type -> Cpim.parse(request.request().body()));
            if (envelope.isPresent() && seen.add(name(request.request(), envelope))) {
                context.emit(new MessageEvent.Unreadable(account.id(), request.request(), envelope.get()));
            }
        }

        /** The same message has the same Message-ID, however it came; one without has the same Call-ID and number (RFC 3261 §8.1.1.5). */
        private String name(Request request, ImContent content) {
            return name(request, content instanceof ImContent.Text text ? text.envelope() : Optional.empty());
        }

        private String name(Request request, Optional<Cpim> envelope) {
            Optional<String> id = envelope.flatMap(cpim -> cpim.imdn("Message-ID"));
            return request.from().uri() + "\n" + id.orElseGet(() -> request.from().tag().orElse("") + "\n" + request.callId() + "\n"
                + request.cseq().number());
        }

        private boolean tooMany(long now) {
            if (Math.floorDiv(now, Ticker.SECOND) != second) {
                second = Math.floorDiv(now, Ticker.SECOND);
                inSecond = 0;
            }
            return ++inSecond > MOST_PER_SECOND;
        }
    }
}
