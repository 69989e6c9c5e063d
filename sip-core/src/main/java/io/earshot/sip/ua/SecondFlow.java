package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.transaction.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The second flow of an account whose registration is bound to its flow (RFC 5626 §4.2.1): the same Contact over another server of the
 * account's, or else another one of those that DNS names, with {@code reg-id=2}. Calls come in over either; while the first is being made
 * anew this one serves. It follows the {@link Registration}, has its own times, and tells nobody of itself. One that is lost is made anew
 * after the times of §4.5.
 */
final class SecondFlow {
    /** RFC 5626 §4.5: base-time-not-failed, as the first flow stands, and max-time. */
    private static final long BASE = 90 * Ticker.SECOND;
    private static final long LONGEST = 1800 * Ticker.SECOND;
    private static final int MOST_DOUBLINGS = 5;

    /** Where the first flow is. */
    private record Lead(int server, Hop hop) { }

    private final Context context;
    private final Account account;
    private final String callId;
    private final String localTag;
    private final RegisterContact writer;
    private final KeepAlive keepAlive;
    private long sequence;
    private Optional<Lead> lead = Optional.empty();
    private Optional<Attempt> attempt = Optional.empty();
    private Optional<Hop> hop = Optional.empty();
    private long least;
    private int failures;
    private Agenda.Entry timer = Agenda.Entry.NONE;

    SecondFlow(Context context, Account account) {
        this.context = context;
        this.account = account;
        this.callId = context.token();
        this.localTag = context.token();
        this.writer = new RegisterContact(context, account, 2);
        this.keepAlive = new KeepAlive(context, this::lost);
    }

    /** The first flow stands; begins where it is bound to its flow, and goes elsewhere where the first one has come here. */
    void follow(int server, Hop first, boolean bound, long now) {
        boolean moved = lead.isEmpty() || lead.get().server() != server;
        lead = Optional.of(new Lead(server, first));
        if (!bound || account.webSocket().isUsed()) {
            stop(now);
        } else if (hop.filter(own -> own.peer().equals(first.peer())).isPresent()) {
            leave(server, now); // two flows to one server are of no more use than one
            again(now);
        } else if (hop.isEmpty() && attempt.isEmpty() && timer == Agenda.Entry.NONE) {
            bind(now);
        } else if (moved && hop.isEmpty()) {
            again(now);
        }
    }

    /** Ends it, at the server too. */
    void stop(long now) {
        if (hop.isPresent()) {
            leave(other(), now);
        }
        forget();
        lead = Optional.empty();
    }

    /** Forgets it: our addresses are others now, or the account has no registration any more. */
    void drop() {
        forget();
        failures = 0;
        lead = Optional.empty();
    }

    void onFlowClosed(Flow flow, long now) {
        if (hop.filter(own -> own.protocol().equals(flow.protocol()) && own.peer().equals(flow.remote())).isPresent()) {
            lost(now);
        }
    }

    boolean isAt(InetAddress server) {
        return hop.filter(own -> own.peer().getAddress().equals(server)).isPresent();
    }

    boolean isIdle() {
        return attempt.isEmpty() && hop.isEmpty();
    }

    /** Returns the server that this flow goes to: another than the first flow's, where the account has several. */
    private int other() {
        int first = lead.map(Lead::server).orElse(0);
        return account.servers() == 1 ? first : first == 0 ? 1 : 0;
    }

    private void forget() {
        attempt.ifPresent(Attempt::abandon);
        attempt = Optional.empty();
        hop = Optional.empty();
        keepAlive.stop();
        context.agenda.cancel(timer);
        timer = Agenda.Entry.NONE;
    }

    private void lost(long now) {
        hop = Optional.empty();
        keepAlive.stop();
        again(now);
    }

    /** Waits before the next attempt, longer after each failure in a row. */
    private void again(long now) {
        context.agenda.cancel(timer);
        long most = Math.min(LONGEST, BASE << Math.min(failures, MOST_DOUBLINGS));
        timer = context.agenda.at(now + context.between(most / 2, most), this::bind);
    }

    private void bind(long now) {
        timer = Agenda.Entry.NONE;
        if (lead.isPresent() && attempt.isEmpty()) {
            Attempt next = new Attempt();
            attempt = Optional.of(next);
            next.request = Optional.of(send(other(), Math.max(least, account.settings().expiresSeconds()), next, now));
        }
    }

    /** Takes the binding away that is there. */
    private void leave(int server, long now) {
        hop = Optional.empty();
        keepAlive.stop();
        if (account.settings().registration().habits().leave()) {
            send(server, 0, new Farewell(), now);
        }
    }

    private ClientRequest send(int server, long seconds, ClientRequest.Handler handler, long now) {
        AccountSettings settings = account.settingsAt(server);
        SipUri registrar = settings.registrar().withoutUser();
        Request template = Outgoing.outside(context, settings, SipMethod.REGISTER, registrar, settings.identity(), callId, localTag)
            .set(HeaderName.EXPIRES, Long.toString(seconds))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, writer.supported())
            .build();
        return context.requests.send(new ClientRequest.Plan(template, Outgoing.nextHop(settings, registrar), Optional.of(account),
            way -> List.of(contact(way, seconds)), () -> ++sequence, seconds == 0 ? Optional.empty() : avoided()), handler, now);
    }

    private Optional<InetSocketAddress> avoided() {
        return lead.map(first -> first.hop().peer());
    }

    private NameAddr contact(Hop way, long seconds) {
        NameAddr entry = writer.entry(writer.uri(way));
        return seconds == 0 ? entry.withParameter("expires", "0") : entry;
    }

    private void bound(Attempt done, Response response, long now) {
        Hop way = done.request.flatMap(ClientRequest::hop).orElseThrow();
        SipUri contact = writer.uri(way);
        Optional<NameAddr> ours = response.contacts().stream().filter(entry -> contact.equivalent(entry.uri())
            && entry.parameters().get("reg-id").filter("2"::equals).isPresent()).findFirst();
        RegistrationFacts facts = RegistrationFacts.read(account.settings().registrar(), response, ours);
        long granted = ours.flatMap(entry -> entry.parameters().get("expires")).map(Failures::leadingNumber)
            .filter(OptionalLong::isPresent).map(OptionalLong::getAsLong)
            .orElse(response.expires().orElse(account.settings().expiresSeconds()));
        if (granted == 0 || !facts.outbound()) {
            failures++;
            again(now);
            return;
        }
        failures = 0;
        hop = Optional.of(way);
        long life = Context.seconds(granted);
        timer = context.agenda.at(now + context.between(life / 2, life / 10 * 9), this::bind);
        keepAlive.start(way, facts.flowTimer(), true, now);
    }

    private void refused(Response response, long now) {
        OptionalLong wanted = response.seconds(HeaderName.MIN_EXPIRES);
        if (response.status() == 423 && wanted.isPresent() && wanted.getAsLong() > least) {
            least = wanted.getAsLong();
            bind(now);
        } else {
            failed(now);
        }
    }

    private void failed(long now) {
        failures++;
        lost(now);
    }

    /** One REGISTER. */
    private final class Attempt implements ClientRequest.Handler {
        private Optional<ClientRequest> request = Optional.empty();

        private void abandon() {
            request.ifPresent(ClientRequest::abandon);
        }

        private boolean isCurrent() {
            return attempt.filter(now -> now == this).isPresent();
        }

        @Override
        public void onFinal(ClientRequest done, Response response, long now) {
            if (isCurrent()) {
                attempt = Optional.empty();
                if (response.isSuccess()) {
                    bound(this, response, now);
                } else {
                    refused(response, now);
                }
            }
        }

        @Override
        public void onFailure(ClientRequest done, Failure failure, long now) {
            if (isCurrent()) {
                attempt = Optional.empty();
                failed(now);
            }
        }
    }

    /** The last REGISTER of a flow: nobody waits for its outcome. */
    private static final class Farewell implements ClientRequest.Handler {
        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            // gone
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            // gone with its expiry
        }
    }
}
