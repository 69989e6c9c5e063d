package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.TelUri;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Every REFER of an engine that is under way, ours and others', and the requests of their event package (RFC 3515 §2.4). */
final class ReferTable {
    /** How many transfers one dialog may have under way. */
    private static final int MOST_PER_DIALOG = 4;

    /** What a Refer-To may put into our INVITE; everything else in it is ignored. */
    private static final Set<HeaderName> PASSED = Set.of(HeaderName.REPLACES, HeaderName.JOIN, HeaderName.REQUIRE, HeaderName.SUBJECT,
        HeaderName.USER_TO_USER, HeaderName.ACCEPT_CONTACT, HeaderName.REQUEST_DISPOSITION, HeaderName.IN_REPLY_TO);

    private final Context context;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Supplier<TransferId> ids;
    private final List<SentRefer> sent = new ArrayList<>();
    private final Map<TransferId, ReceivedRefer> received = new LinkedHashMap<>();

    ReferTable(Context context, Sessions sessions, Accounts accounts, Supplier<TransferId> ids) {
        this.context = context;
        this.sessions = sessions;
        this.accounts = accounts;
        this.ids = ids;
    }

    void add(SentRefer refer) {
        sent.add(refer);
    }

    void remove(SentRefer refer) {
        sent.remove(refer);
    }

    Optional<ReceivedRefer> received(TransferId id) {
        return Optional.ofNullable(received.get(id));
    }

    void remove(TransferId id) {
        received.remove(id);
    }

    boolean isEmpty() {
        return sent.isEmpty() && received.isEmpty();
    }

    static boolean isRefer(Request request) {
        String event = request.value(HeaderName.EVENT).orElse("");
        int end = event.indexOf(';');
        return (end < 0 ? event : event.substring(0, end)).strip().equalsIgnoreCase("refer");
    }

    /** Returns the id parameter of Event, which tells REFERs of one dialog apart (RFC 3515 §2.4.6). */
    private static Optional<String> eventId(Request request) {
        String event = request.value(HeaderName.EVENT).orElse("");
        int semicolon = event.indexOf(';');
        try {
            return semicolon < 0 ? Optional.empty() : Parameters.parse(event.substring(semicolon)).get("id");
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    // ---- REFER

    MethodHandler referHandler() {
        return new MethodHandler() {
            @Override
            public void onRequest(ServerRequest request, long now) {
                Optional<Session> named = request.request().value(HeaderName.TARGET_DIALOG).flatMap(DialogReference::parseTarget)
                    .flatMap(reference -> Relations.find(sessions, reference)).filter(session -> session.phase() instanceof Leg);
                if (request.request().contacts().isEmpty()) {
                    context.respond(request, 400, now);
                    return;
                }
                take(request, named, Dialog.called(request.request(), context.token()), true, now);
            }

            @Override
            public void onRequestInCall(ServerRequest request, Session session, Dialog dialog, long now) {
                if (session.phase() instanceof Leg leg && leg.isUp()) {
                    dialog.refreshTarget(request.request());
                    take(request, Optional.of(session), dialog, false, now);
                } else {
                    context.respond(request, 491, now);
                }
            }
        };
    }

    private void take(ServerRequest request, Optional<Session> session, Dialog dialog, boolean alone, long now) {
        Request refer = request.request();
        Optional<NameAddr> to = refer.values(HeaderName.REFER_TO).size() == 1 ? refer.address(HeaderName.REFER_TO) : Optional.empty();
        long inDialog = received.values().stream().filter(known -> known.dialog().equals(dialog.id())).count();
        int refusal = to.isEmpty() ? 400 : !callable(to.get().uri()) ? 416 : !invites(to.get().uri()) ? 603
            : inDialog >= MOST_PER_DIALOG || received.size() >= context.config.maxSessions() ? 503 : 0;
        if (refusal > 0) {
            context.respond(request, refusal, now);
            return;
        }
        Optional<Account> account = session.isPresent() ? session.get().account() : accounts.match(refer, request.flow());
        String user = session.map(Session::contactUser).or(() -> account.map(known -> known.settings().contactUser())).orElse("");
        TransferId id = ids.get();
        boolean first = alone || session.filter(known -> !known.isFirstRefer()).isEmpty();
        ReceivedRefer taken = new ReceivedRefer(context, this, id, request, new ReceivedRefer.Place(dialog, account, user, first));
        received.put(id, taken);
        taken.await(now);
        Uri target = to.get().uri() instanceof SipUri sip ? sip.withoutHeaders().withoutParameter("method") : to.get().uri();
        context.emit(new TransferEvent.Received(id, session.map(Session::id), account.map(Account::id), target,
            headers(refer, to.get().uri()), refer));
    }

    private static boolean callable(Uri uri) {
        return uri instanceof SipUri || uri instanceof TelUri;
    }

    private static boolean invites(Uri uri) {
        return !(uri instanceof SipUri sip) || sip.parameters().get("method").orElse("INVITE").equalsIgnoreCase("INVITE");
    }

    private static List<ExtraHeader> headers(Request refer, Uri target) {
        List<ExtraHeader> headers = new ArrayList<>();
        refer.value(HeaderName.REFERRED_BY).ifPresent(by -> headers.add(new ExtraHeader(HeaderName.REFERRED_BY, by)));
        if (target instanceof SipUri sip) {
            for (Map.Entry<String, String> field : sip.headerFields()) {
                header(field).ifPresent(headers::add);
            }
        }
        return headers;
    }

    private static Optional<ExtraHeader> header(Map.Entry<String, String> field) {
        try {
            HeaderName name = HeaderName.of(field.getKey());
            boolean plain = field.getValue().chars().noneMatch(c -> c < ' ' || c == 127);
            return PASSED.contains(name) && plain ? Optional.of(new ExtraHeader(name, field.getValue())) : Optional.empty();
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    // ---- NOTIFY

    MethodHandler notifyHandler() {
        return new MethodHandler() {
            @Override
            public boolean claims(Request request) {
                return isRefer(request);
            }

            @Override
            public boolean knows(Request request) {
                return sentIn(request).isPresent();
            }

            @Override
            public void onRequest(ServerRequest request, long now) {
                Optional<SentRefer> refer = sentIn(request.request());
                if (refer.isPresent() && !refer.get().isNew(request.request())) {
                    context.respond(request, 500, now);
                } else if (refer.isPresent()) {
                    context.respond(request, 200, now);
                    refer.get().onNotify(request.request(), now);
                } else {
                    context.respond(request, 481, now);
                }
            }
        };
    }

    private Optional<SentRefer> sentIn(Request notify) {
        Optional<String> id = eventId(notify);
        List<SentRefer> candidates = sent.stream().filter(refer -> refer.isIn(notify)).toList();
        return candidates.stream().filter(refer -> id.isPresent() && refer.isCalled(id.get())).findFirst()
            .or(() -> candidates.stream().filter(refer -> id.isEmpty() || candidates.size() == 1).findFirst());
    }

    // ---- SUBSCRIBE

    MethodHandler subscribeHandler() {
        return new MethodHandler() {
            @Override
            public boolean claims(Request request) {
                return isRefer(request);
            }

            @Override
            public boolean knows(Request request) {
                return receivedIn(request).isPresent();
            }

            /** A refresh or the end of the subscription that a REFER made; there are no others (§2.4.4). */
            @Override
            public void onRequest(ServerRequest request, long now) {
                Optional<ReceivedRefer> refer = receivedIn(request.request());
                if (refer.isPresent()) {
                    refer.get().onSubscribe(request, now);
                } else {
                    context.respond(request, request.request().to().tag().isPresent() ? 481 : 403, now);
                }
            }
        };
    }

    private Optional<ReceivedRefer> receivedIn(Request subscribe) {
        Optional<String> id = eventId(subscribe);
        return received.values().stream().filter(refer -> refer.isIn(subscribe))
            .filter(refer -> id.isEmpty() || refer.isCalled(id.get())).findFirst();
    }
}
