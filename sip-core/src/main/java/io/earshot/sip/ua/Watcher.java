package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One subscription of somebody else (RFC 6665 §4.2): one NOTIFY at a time, none too soon after the last, until it ends. */
final class Watcher implements ClientRequest.Handler {
    private static final long PATIENCE = Ticker.SECOND;

    private enum Phase { ASKED, PENDING, ACTIVE, ENDING, GONE }

    /** The first SUBSCRIBE. */
    record Arrival(ServerRequest request, EventHeader event) { }

    private final Watchers owner;
    private final Context context;
    private final Account account;
    private final WatcherId id;
    private final EventHeader event;
    private final Dialog dialog;
    private final String localTag;
    private Optional<ServerRequest> unanswered;
    private Phase phase = Phase.ASKED;
    private Optional<EventBody> state = Optional.empty();
    private long life;
    private long expiresAt;
    private String ending = "";
    private boolean busy;
    private boolean dirty;
    private long nextAllowed = Long.MIN_VALUE;
    private Agenda.Entry expiry = Agenda.Entry.NONE;
    private Agenda.Entry throttle = Agenda.Entry.NONE;
    private Agenda.Entry decision = Agenda.Entry.NONE;

    Watcher(Watchers owner, Context context, Account account, WatcherId id, Arrival arrival) {
        this.owner = owner;
        this.context = context;
        this.account = account;
        this.id = id;
        this.event = arrival.event();
        this.localTag = context.token();
        this.dialog = Dialog.called(arrival.request().request(), localTag);
        this.unanswered = Optional.of(arrival.request());
        this.life = granted(arrival.request());
    }

    WatcherId id() {
        return id;
    }

    Account account() {
        return account;
    }

    Dialog dialog() {
        return dialog;
    }

    private long granted(ServerRequest subscribe) {
        long most = context.config.events().mostExpires();
        return Math.min(most, subscribe.request().expires().orElse(most));
    }

    void waitForDecision(long now) {
        decision = context.agenda.at(now + PATIENCE, this::hold);
    }

    // ---- decisions

    boolean accept(EventBody first, long now) {
        if (phase != Phase.ASKED && phase != Phase.PENDING) {
            return update(first, now);
        }
        state = Optional.of(first);
        enter(Phase.ACTIVE, now);
        return true;
    }

    boolean hold(long now) {
        if (phase == Phase.ASKED) {
            enter(Phase.PENDING, now);
        }
        return phase == Phase.PENDING;
    }

    boolean reject(long now) {
        if (phase == Phase.ASKED) {
            ServerRequest first = unanswered.orElseThrow();
            unanswered = Optional.empty();
            context.respond(first, context.reply(first, 403, localTag).build(), now);
            gone();
            return true;
        }
        return terminate("rejected", OptionalLong.empty(), now);
    }

    boolean update(EventBody next, long now) {
        if (phase != Phase.ACTIVE) {
            return false;
        }
        if (!state.equals(Optional.of(next))) {
            state = Optional.of(next);
            tell(now);
        }
        return true;
    }

    boolean terminate(String reason, OptionalLong retryAfter, long now) {
        if (phase == Phase.ASKED) {
            return reject(now);
        }
        if (phase == Phase.ENDING || phase == Phase.GONE) {
            return false;
        }
        if (phase == Phase.PENDING) {
            state = Optional.empty();
        }
        end(reason + (retryAfter.isPresent() ? ";retry-after=" + retryAfter.getAsLong() : ""), now);
        return true;
    }

    private void enter(Phase next, long now) {
        context.agenda.cancel(decision);
        phase = next;
        unanswered.ifPresent(first -> grant(first, now));
        unanswered = Optional.empty();
        if (life == 0) {
            end("timeout", now); // a fetch (§4.4.3)
        } else {
            tell(now);
        }
    }

    private void grant(ServerRequest subscribe, long now) {
        context.respond(subscribe, context.reply(subscribe, 200, localTag)
            .set(HeaderName.EXPIRES, Long.toString(life))
            .set(HeaderName.CONTACT, NameAddr.of(context.contact(Optional.of(account), account.settings().contactUser(), subscribe.flow())))
            .setAll(HeaderName.RECORD_ROUTE, subscribe.request().recordRoutes())
            .set(HeaderName.ALLOW_EVENTS, owner.allowed())
            .build(), now);
        dialog.confirmed();
        context.agenda.cancel(expiry);
        if (life > 0) {
            expiresAt = now + Context.seconds(life);
            expiry = context.agenda.at(expiresAt, then -> end("timeout", then));
        }
    }

    // ---- the watcher's requests

    void onSubscribe(ServerRequest received, long now) {
        Optional<EventHeader> asked = EventHeader.of(received.request());
        if (!dialog.takeSequence(received.request())) {
            context.respond(received, 500, now);
        } else if (phase == Phase.ENDING || phase == Phase.GONE) {
            context.respond(received, 481, now);
        } else if (asked.isEmpty() || !asked.get().equals(event)) {
            context.respond(received, 489, now);
        } else if (phase == Phase.ASKED) {
            context.respond(received, context.reply(received, 500, localTag).set(HeaderName.RETRY_AFTER, "1").build(), now);
        } else if (granted(received) > 0 && granted(received) < context.config.events().leastExpires()) {
            Watchers.tooShort(context, received, now);
        } else {
            dialog.refreshTarget(received.request());
            life = granted(received);
            grant(received, now);
            if (life == 0) {
                end("timeout", now);
            } else {
                tell(now);
            }
        }
    }

    // ---- NOTIFY

    private void end(String reason, long now) {
        phase = Phase.ENDING;
        ending = reason;
        context.agenda.cancel(expiry);
        context.agenda.cancel(throttle);
        context.agenda.cancel(decision);
        if (busy) {
            dirty = true;
        } else {
            send(now);
        }
    }

    private void tell(long now) {
        if (busy) {
            dirty = true;
        } else if (now < nextAllowed) {
            context.agenda.cancel(throttle);
            throttle = context.agenda.at(nextAllowed, this::tell);
        } else {
            send(now);
        }
    }

    private void send(long now) {
        busy = true;
        dirty = false;
        nextAllowed = now + context.config.events().notifyInterval();
        context.agenda.cancel(throttle);
        long left = Math.max(0, (expiresAt - now) / Ticker.SECOND);
        String value = phase == Phase.ENDING ? "terminated;reason=" + ending
            : (phase == Phase.ACTIVE ? "active" : "pending") + Parameters.of("expires", Long.toString(left));
        RequestBuilder notify = Outgoing.inDialog(context, dialog, SipMethod.NOTIFY)
            .set(HeaderName.EVENT, event)
            .set(HeaderName.SUBSCRIPTION_STATE, value)
            .set(HeaderName.ALLOW_EVENTS, owner.allowed());
        state.ifPresent(body -> notify.body(body.type(), body.text()));
        context.requests.send(new ClientRequest.Plan(notify.build(), dialog.nextHop(), Optional.of(account),
            hop -> List.of(NameAddr.of(context.contact(Optional.of(account), account.settings().contactUser(), hop))),
            dialog::nextSequence), this, now);
    }

    @Override
    public void onFinal(ClientRequest request, Response response, long now) {
        busy = false;
        boolean alive = response.isSuccess() || response.status() == 503 || response.status() == 500;
        boolean last = phase == Phase.ENDING && !dirty;
        if (!alive || last) {
            gone();
        } else {
            dialog.refreshTarget(response);
            again(now);
        }
    }

    private void again(long now) {
        if (dirty && phase == Phase.ENDING) {
            send(now);
        } else if (dirty) {
            tell(now);
        }
    }

    /** Who cannot be told is a watcher no more (§4.2.2). */
    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        busy = false;
        gone();
    }

    private void gone() {
        if (phase != Phase.GONE) {
            phase = Phase.GONE;
            context.agenda.cancel(expiry);
            context.agenda.cancel(throttle);
            context.agenda.cancel(decision);
            owner.remove(this);
        }
    }
}
