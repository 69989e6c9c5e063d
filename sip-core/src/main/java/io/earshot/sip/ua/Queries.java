package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Target;
import java.util.List;
import java.util.Optional;

/** OPTIONS, asked and answered (RFC 3261 §11), and what is asked in its place where nothing but an answer is wanted. */
final class Queries {
    private final Context context;
    private final Accounts accounts;
    private final Sessions sessions;
    private long last;

    Queries(Context context, Accounts accounts, Sessions sessions) {
        this.context = context;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    QueryId ask(AccountId accountId, SipMethod method, Uri target, long now) {
        QueryId id = new QueryId(++last);
        Optional<Account> account = accounts.get(accountId);
        if (account.isEmpty()) {
            context.emit(new SipEvent.OptionsFailed(id, new Failure.Unreachable("There is no such account: " + accountId)));
            return id;
        }
        AccountSettings settings = account.get().settings();
        NameAddr to = NameAddr.of(target instanceof SipUri sip ? sip.withoutHeaders() : target);
        RequestBuilder template = Outgoing.outside(context, settings, method, target, to, context.token(), context.token());
        if (method.equals(SipMethod.OPTIONS)) {
            template.set(HeaderName.ACCEPT, Capabilities.ACCEPT);
        } else {
            template.set(HeaderName.EVENT, "keep-alive");
        }
        Counter sequence = new Counter();
        context.requests.send(new ClientRequest.Plan(template.build(), Outgoing.nextHop(settings, target), account,
            hop -> List.of(NameAddr.of(context.contact(account, settings.contactUser(), hop))), sequence::next), new Asked(id), now);
        return id;
    }

    QueryId locate(AccountId accountId, Uri target, long now) {
        QueryId id = new QueryId(++last);
        Optional<WebSocketWay> way = accounts.get(accountId).map(Account::webSocket).filter(WebSocketWay::isUsed);
        if (way.isPresent()) {
            way.get().find(new Sought(id), now);
            return id;
        }
        Uri next = accounts.get(accountId).map(known -> Outgoing.nextHop(known.settings(), target)).orElse(target);
        context.find(next, new Sought(id), now);
        return id;
    }

    /** RFC 3261 §11.2: with the status that an INVITE would get now, and always with what we can. */
    void answer(ServerRequest request, long now) {
        Optional<Account> account = accounts.match(request.request(), request.flow());
        String user = account.map(known -> known.settings().contactUser()).orElse("");
        String events = context.extensions.allowEvents();
        context.respond(request, context.reply(request, sessions.isFull() ? 486 : 200, context.token())
            .setAll(HeaderName.ALLOW_EVENTS, events.isEmpty() ? List.of() : List.of(events))
            .set(HeaderName.CONTACT, NameAddr.of(context.contact(account, user, request.flow())))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.ACCEPT, Capabilities.ACCEPT_ALL)
            .set(HeaderName.ACCEPT_ENCODING, Capabilities.ACCEPT_ENCODING)
            .set(HeaderName.SUPPORTED, context.extensions.supported())
            .set(HeaderName.RECV_INFO, context.extensions.recvInfo())
            .build(), now);
    }

    private final class Sought implements Context.Finder {
        private final QueryId id;

        private Sought(QueryId id) {
            this.id = id;
        }

        @Override
        public void found(List<Target> targets, long now) {
            context.emit(new SipEvent.Located(id, context.outages.order(targets, now).stream()
                .filter(target -> context.hop(target).isPresent()).map(Target::address).findFirst()));
        }

        @Override
        public void notFound(String reason, long now) {
            context.emit(new SipEvent.Located(id, Optional.empty()));
        }
    }

    private static final class Counter {
        private long value;

        private long next() {
            return ++value;
        }
    }

    private final class Asked implements ClientRequest.Handler {
        private final QueryId id;

        private Asked(QueryId id) {
            this.id = id;
        }

        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            context.emit(new SipEvent.OptionsAnswered(id, response));
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            context.emit(new SipEvent.OptionsFailed(id, failure));
        }
    }
}
