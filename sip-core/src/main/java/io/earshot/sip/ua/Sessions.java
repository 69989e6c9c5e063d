package io.earshot.sip.ua;

import io.earshot.api.Reliability;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.dialog.DialogId;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.transaction.TransactionId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Every call of an engine, by its name and by its dialogs, early ones and ones being ended included. */
final class Sessions {
    private record Binding(Session session, Dialog dialog) { }

    /** How many ended dialogs are remembered, so that their replacement is declined rather than unknown (RFC 3891 §3). */
    private static final int PAST = 64;

    private final Context context;
    private final Accounts accounts;
    private final Set<DialogId> past = new LinkedHashSet<>();
    private final Map<SessionId, Session> calls = new LinkedHashMap<>();
    private final Map<DialogId, Binding> dialogs = new HashMap<>();
    private final Map<TransactionId, Session> invites = new HashMap<>();
    private long last;
    private boolean closed;

    Sessions(Context context, Accounts accounts) {
        this.context = context;
        this.accounts = accounts;
    }

    Context context() {
        return context;
    }

    // ---- commands

    SessionId invite(AccountId accountId, InviteRequest request, long now) {
        Optional<Account> account = accounts.get(accountId);
        Session session = open(account, account.map(known -> known.settings().contactUser()).orElse(""));
        if (account.isEmpty() || closed || calls.size() > context.config.maxSessions()) {
            session.end(new Failure.Unreachable(account.isEmpty() ? "There is no such account: " + accountId
                : closed ? "The phone is shutting down" : "There are too many calls already (" + context.config.maxSessions() + ")"));
            return session.id();
        }
        OutgoingCall call = new OutgoingCall(context, session, account.get().settings(), request);
        session.become(call);
        call.start(request.target(), now);
        return session.id();
    }

    /** Returns a call that is not over. */
    Optional<Session> find(SessionId id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** Tells whether a call that came in now would be refused. */
    boolean isFull() {
        return closed || calls.size() >= context.config.maxSessions();
    }

    /** Applies a command to a call that is not over. */
    boolean apply(SessionId id, Predicate<Phase> command) {
        Session session = calls.get(id);
        return session != null && command.test(session.phase());
    }

    /** Applies a command to a call that is not over. */
    boolean with(SessionId id, Predicate<Session> command) {
        Session session = calls.get(id);
        return session != null && command.test(session);
    }

    void shutdown(long now) {
        closed = true;
        for (Session session : List.copyOf(calls.values())) {
            session.phase().hangup(now);
        }
    }

    /** Tells whether no call and no dialog is left; their transactions may live on. */
    boolean isSettled() {
        return calls.isEmpty() && dialogs.isEmpty();
    }

    boolean isIdle() {
        return calls.isEmpty() && dialogs.isEmpty() && invites.isEmpty();
    }

    @Override
    public String toString() {
        return "calls=" + calls.size() + ", dialogs=" + dialogs.size() + ", invites=" + invites.size();
    }

    // ---- tables

    private Session open(Optional<Account> account, String contactUser) {
        Session session = new Session(new SessionId(++last), account, contactUser, this);
        calls.put(session.id(), session);
        return session;
    }

    void remove(Session session) {
        calls.remove(session.id());
    }

    void bind(Dialog dialog, Session session) {
        dialogs.put(dialog.id(), new Binding(session, dialog));
    }

    void unbind(Dialog dialog) {
        dialogs.remove(dialog.id());
        past.add(dialog.id());
        if (past.size() > PAST) {
            past.remove(past.iterator().next());
        }
    }

    Optional<Session> get(SessionId id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** Returns the call of a dialog, also one that is ending. */
    Optional<Session> find(DialogId id) {
        return Optional.ofNullable(dialogs.get(id)).map(Binding::session);
    }

    /** Tells whether a dialog was ours a while ago. */
    boolean isPast(DialogId id) {
        return past.contains(id);
    }

    // ---- messages

    /** An INVITE outside any dialog, checked. */
    void onInvite(ServerRequest request, long now) {
        if (closed || calls.size() >= context.config.maxSessions()) {
            context.respond(request, context.reply(request, 503, context.token()).set(HeaderName.RETRY_AFTER, "10").build(), now);
            return;
        }
        Bodies.Body body = context.bodies.read(request.request());
        if (body instanceof Bodies.Body.Broken broken) {
            context.respond(request, context.reply(request, 400, context.token())
                .reasonPhrase("Malformed session description: " + printable(broken.detail())).build(), now);
            return;
        }
        Optional<Account> account = accounts.match(request.request(), request.flow());
        CallPolicy policy = CallPolicy.of(context, account);
        Optional<Response> refusal = policy.refusal(context, request).or(() -> reliability(policy, request))
            .or(() -> SessionTimer.refusal(policy, context, request));
        if (refusal.isPresent()) {
            context.respond(request, refusal.get(), now);
            return;
        }
        Relations.Match match = Relations.match(this, request.request());
        if (match.refusal().isPresent()) {
            context.respond(request, match.refusal().getAsInt(), now);
            return;
        }
        if (account.filter(own -> isLoop(own, request.request())).isPresent()) {
            context.respond(request, 482, now);
            return;
        }
        String user = account.map(known -> known.settings().contactUser()).orElseGet(() -> userOf(request.request()));
        Session session = open(account, user);
        session.relate(match.relation());
        session.hears(request.request());
        session.become(new IncomingCall(context, session, request, body.description().isPresent(), now));
        invites.put(request.transaction(), session);
        session.emit(new SipEvent.IncomingCall(session.id(), account.map(Account::id), request.request(), body.description()));
    }

    /**
     * Tells whether a proxy brought a call of an account back to the same account, as when somebody calls the own number: the From tag and
     * Call-ID are those of a transaction of ours (RFC 3261 §8.2.2.2). One account may call another of the same phone, and itself without
     * a proxy.
     */
    private boolean isLoop(Account account, Request invite) {
        return invite.vias().size() > 1 && Accounts.isAddress(invite.from().uri(), account.settings().address()) && calls.values().stream()
            .anyMatch(call -> call.account().filter(own -> own == account).isPresent() && call.phase().isPlacedBy(invite));
    }

    /** Who cannot acknowledge provisional responses is refused where that is asked for (RFC 3262 §3). */
    private Optional<Response> reliability(CallPolicy policy, ServerRequest request) {
        boolean refused = policy.reliability() == Reliability.REQUIRED
            && !Tags.supports(request.request(), Tags.RELIABLE);
        return refused ? Optional.of(context.reply(request, 421, context.token()).set(HeaderName.REQUIRE, Tags.RELIABLE).build())
            : Optional.empty();
    }

    private static String userOf(Request request) {
        return request.requestUri() instanceof SipUri uri ? uri.decodedUser().orElse("") : "";
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** A request with a To tag, checked; other than ACK and CANCEL. */
    void onRequestInDialog(ServerRequest request, long now) {
        Binding binding = dialogs.get(DialogId.ofReceived(request.request()));
        if (request.request().method().equals(SipMethod.INVITE)) {
            invites.put(request.transaction(), binding.session());
        }
        binding.session().meets();
        Optional<MethodHandler> handler = context.extensions.handler(request.request());
        if (handler.isPresent()) {
            handler.get().onRequestInCall(request, binding.session(), binding.dialog(), now);
        } else {
            binding.session().phase().onRequest(request, now);
        }
    }

    /** Tells whether a request is within a dialog of ours. */
    boolean knows(Request request) {
        return dialogs.containsKey(DialogId.ofReceived(request));
    }

    /** Tells whether a request within a dialog of ours has a sequence number higher than all before (RFC 3261 §12.2.2). */
    boolean inOrder(Request request) {
        return dialogs.get(DialogId.ofReceived(request)).dialog().takeSequence(request);
    }

    void onAck(Request ack, long now) {
        Binding binding = dialogs.get(DialogId.ofReceived(ack));
        if (binding != null) {
            binding.session().phase().onAck(ack, now);
        }
    }

    void onCancel(TransactionId invite, Request cancel, long now) {
        Session session = invites.get(invite);
        if (session != null) {
            session.phase().onCancel(cancel, now);
        }
    }

    /** A server transaction will not take an answer any more. */
    void onServerFailure(TransactionId transaction, long now) {
        Session session = invites.get(transaction);
        if (session != null) {
            session.phase().onTransactionLost(now);
        }
    }

    /** Forgets an INVITE: it is answered, or its transaction is over. */
    void forget(TransactionId transaction) {
        invites.remove(transaction);
    }
}
