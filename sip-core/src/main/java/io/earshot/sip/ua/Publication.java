package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One publication (RFC 3903 §4): one PUBLISH at a time, each naming what the one before it left at the server. */
final class Publication implements ClientRequest.Handler {
    private static final Set<Integer> FINAL = Set.of(403, 404, 405, 415, 489, 501, 603, 606);

    /** What is published; does not change. */
    record What(String event, Uri target, long expiresSeconds) { }

    private final Publications owner;
    private final Context context;
    private final Account account;
    private final PublicationId id;
    private final What what;
    private final String callId;
    private final String localTag;
    private final RetryPolicy retries;
    private long sequence;
    private long expires;
    private Optional<String> tag = Optional.empty();
    private EventBody state;
    /** Whether the server has the state, as far as the one under way goes. */
    private boolean current;
    private boolean busy;
    private boolean leaving;
    private boolean over;
    private Agenda.Entry timer = Agenda.Entry.NONE;
    private PublicationState told = new PublicationState.Ended(Optional.empty());

    Publication(Publications owner, Context context, Account account, PublicationId id, What what) {
        this.owner = owner;
        this.context = context;
        this.account = account;
        this.id = id;
        this.what = what;
        this.expires = what.expiresSeconds();
        this.callId = context.token();
        this.localTag = context.token();
        this.retries = new RetryPolicy(context);
    }

    Account account() {
        return account;
    }

    void set(EventBody next, long now) {
        if (leaving || current && next.equals(state)) {
            return;
        }
        state = next;
        current = false;
        if (!busy) {
            send(now);
        }
    }

    void revive(Account revived, long now) {
        if (revived == account && !leaving && !busy) {
            retries.succeeded();
            send(now);
        }
    }

    void leave(long now) {
        if (leaving) {
            return;
        }
        leaving = true;
        context.agenda.cancel(timer);
        if (!busy) {
            depart(now);
        }
    }

    private void depart(long now) {
        if (tag.isPresent()) {
            send(now);
        } else {
            end(Optional.empty());
        }
    }

    /** The four operations of §4.1: what there is to say, and whether the server has something of ours, tell which it is. */
    private void send(long now) {
        context.agenda.cancel(timer);
        if (tag.isEmpty()) {
            tell(new PublicationState.Publishing());
        }
        Uri target = what.target();
        RequestBuilder publish = Outgoing.outside(context, account.settings(), SipMethod.PUBLISH, target,
                NameAddr.of(target instanceof SipUri sip ? sip.withoutHeaders() : target), callId, localTag)
            .set(HeaderName.EVENT, what.event())
            .set(HeaderName.EXPIRES, Long.toString(leaving ? 0 : expires));
        tag.ifPresent(known -> publish.set(HeaderName.SIP_IF_MATCH, known));
        if (!leaving && (!current || tag.isEmpty())) {
            publish.body(state.type(), state.text());
        }
        busy = true;
        current = true;
        context.requests.send(new ClientRequest.Plan(publish.build(), Outgoing.nextHop(account.settings(), target), Optional.of(account),
            ClientRequest.Contacts.NONE, () -> ++sequence), this, now);
    }

    @Override
    public void onFinal(ClientRequest request, Response response, long now) {
        busy = false;
        boolean removal = request.sent().expires().orElse(1) == 0;
        OptionalLong least = response.seconds(HeaderName.MIN_EXPIRES);
        if (removal) {
            end(Optional.empty());
        } else if (response.isSuccess()) {
            published(response, now);
        } else if (leaving) {
            depart(now);
        } else if (response.status() == 412 && tag.isPresent()) {
            tag = Optional.empty(); // the server has forgotten: all over again (§4.1)
            current = false;
            send(now);
        } else if (response.status() == 423 && least.isPresent() && least.getAsLong() > expires) {
            expires = least.getAsLong();
            current = false;
            send(now);
        } else {
            failed(Failures.of(response), now);
        }
    }

    private void published(Response response, long now) {
        tag = response.value(HeaderName.SIP_ETAG);
        retries.succeeded();
        if (leaving) {
            depart(now);
            return;
        }
        long granted = Math.max(1, Math.min(expires, response.expires().orElse(expires)));
        tell(new PublicationState.Published(granted));
        if (!current) {
            send(now);
            return;
        }
        long life = Context.seconds(granted);
        long delay = Math.min(context.between(life / 2, life / 10 * 9), Math.max(life - 5 * Ticker.SECOND, life / 2));
        timer = context.agenda.at(now + delay, this::send);
    }

    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        busy = false;
        if (leaving) {
            end(Optional.empty());
        } else {
            failed(failure, now);
        }
    }

    private void failed(Failure failure, long now) {
        current = false;
        boolean refused = failure instanceof Failure.Rejected rejected && FINAL.contains(rejected.status());
        OptionalLong delay = refused ? OptionalLong.empty() : retries.delayAfter(failure);
        if (delay.isEmpty()) {
            end(Optional.of(failure));
            return;
        }
        tag = Optional.empty();
        long at = now + delay.getAsLong();
        tell(new PublicationState.Waiting(failure, at));
        timer = context.agenda.at(at, this::send);
    }

    private void end(Optional<Failure> cause) {
        if (!over) {
            over = true;
            context.agenda.cancel(timer);
            owner.remove(id);
            tell(new PublicationState.Ended(cause));
        }
    }

    private void tell(PublicationState next) {
        if (!next.equals(told) || next instanceof PublicationState.Ended) {
            told = next;
            context.emit(new EventNews.PublicationMoved(id, next));
        }
    }
}
