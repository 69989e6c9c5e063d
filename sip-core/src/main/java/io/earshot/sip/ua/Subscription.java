package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One subscription of ours (RFC 6665 §4.1), through as many dialogs as it takes: one for each phone that answers, and new ones when the
 * other side has forgotten, or ended it and may be asked again.
 */
final class Subscription implements ClientRequest.Handler {
    /** How soon after one new beginning the next may follow at once; sooner ones are waited for. */
    private static final long LEAST_LIFE = 20 * Ticker.SECOND;
    private static final long LONGEST_ASKED = 3600;
    /** Refusals that no waiting helps against. */
    private static final Set<Integer> FINAL = Set.of(403, 405, 406, 415, 489, 501, 603, 606);

    private final Subscriptions owner;
    private final Context context;
    private final Account account;
    private final SubscriptionId id;
    private final SubscribeRequest request;
    private final RetryPolicy retries;
    private final Map<String, SubscriptionUsage> usages = new LinkedHashMap<>();
    private String callId = "";
    private String localTag = "";
    private long sequence;
    private long expires;
    private long renewedAt = -LEAST_LIFE;
    private Optional<ClientRequest> attempt = Optional.empty();
    private Agenda.Entry retry = Agenda.Entry.NONE;
    /** Until then phones may answer; RFC 6665's timer N. */
    private Agenda.Entry window = Agenda.Entry.NONE;
    private boolean windowOpen;
    private boolean leaving;
    private boolean over;
    private SubscriptionState told = new SubscriptionState.Ended(Optional.empty());

    Subscription(Subscriptions owner, Context context, Account account, SubscriptionId id, SubscribeRequest request) {
        this.owner = owner;
        this.context = context;
        this.account = account;
        this.id = id;
        this.request = request;
        this.retries = new RetryPolicy(context);
        this.expires = request.expiresSeconds();
    }

    Account account() {
        return account;
    }

    SubscriptionId id() {
        return id;
    }

    /** Begins, or begins anew, outside any dialog. */
    void start(long now) {
        forget();
        callId = context.token();
        localTag = context.token();
        sequence = 0;
        windowOpen = true;
        owner.bind(callId, localTag, this);
        tell(new SubscriptionState.Subscribing());
        NameAddr to = NameAddr.of(request.target() instanceof SipUri sip ? sip.withoutHeaders() : request.target());
        Request template = complete(Outgoing.outside(context, account.settings(), SipMethod.SUBSCRIBE, request.target(), to, callId,
            localTag), expires);
        attempt = Optional.of(context.requests.send(new ClientRequest.Plan(template, Outgoing.nextHop(account.settings(), request.target()),
            Optional.of(account), this::contacts, () -> ++sequence), this, now));
    }

    Request complete(RequestBuilder subscribe, long seconds) {
        request.headers().forEach(header -> subscribe.add(header.name(), header.value()));
        return subscribe.set(HeaderName.EVENT, request.event())
            .set(HeaderName.EXPIRES, Long.toString(seconds))
            .set(HeaderName.ACCEPT, request.accept().stream().map(Object::toString).collect(Collectors.joining(", ")))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, context.extensions.supported())
            .build();
    }

    List<NameAddr> contacts(io.earshot.sip.transaction.Hop hop) {
        return List.of(NameAddr.of(context.contact(Optional.of(account), account.settings().contactUser(), hop)));
    }

    long expires() {
        return expires;
    }

    void setExpires(long seconds) {
        expires = seconds;
    }

    boolean isLeaving() {
        return leaving;
    }

    // ---- commands

    void refresh(long now) {
        if (attempt.isEmpty() && usages.isEmpty() && !leaving) {
            context.agenda.cancel(retry);
            start(now);
        } else if (!leaving) {
            List.copyOf(usages.values()).forEach(usage -> usage.refresh(now));
        }
    }

    /** The account is registered anew: the server may be another one, or have forgotten. Not all at once. */
    void revive(Account revived, long now) {
        if (revived == account && !leaving && request.expiresSeconds() > 0) {
            context.agenda.at(now + context.between(0, Ticker.SECOND), then -> {
                if (!over) {
                    retries.succeeded();
                    refresh(then);
                }
            });
        }
    }

    void leave(long now) {
        if (leaving) {
            return;
        }
        leaving = true;
        context.agenda.cancel(retry);
        if (usages.isEmpty() && attempt.isEmpty()) {
            end(Optional.empty());
        } else {
            List.copyOf(usages.values()).forEach(usage -> usage.leave(now));
        }
    }

    // ---- the first request

    @Override
    public void onFinal(ClientRequest sent, Response response, long now) {
        if (isStale(sent)) {
            return;
        }
        attempt = Optional.empty();
        if (response.isSuccess()) {
            String tag = response.to().tag().orElse("");
            SubscriptionUsage usage = usages.get(tag);
            if (usage == null && (usages.isEmpty() || request.forks())) {
                Dialog dialog = Dialog.calling(sent.sent(), response);
                dialog.confirm(response);
                usage = use(tag, dialog);
            }
            if (usage != null) {
                usage.granted(response.expires().orElse(expires), now);
            }
            openWindow(now);
            if (leaving) {
                List.copyOf(usages.values()).forEach(one -> one.leave(now));
            }
            return;
        }
        OptionalLong least = response.seconds(HeaderName.MIN_EXPIRES);
        if (response.status() == 423 && least.isPresent() && least.getAsLong() > expires && !leaving && expires > 0) {
            expires = least.getAsLong();
            start(now);
        } else {
            failed(Failures.of(response), now);
        }
    }

    @Override
    public void onFailure(ClientRequest sent, Failure failure, long now) {
        if (!isStale(sent)) {
            attempt = Optional.empty();
            failed(failure, now);
        }
    }

    /** A NOTIFY may have decided it before its answer. */
    private boolean isStale(ClientRequest sent) {
        return attempt.filter(present -> present == sent).isEmpty();
    }

    private void openWindow(long now) {
        context.agenda.cancel(window);
        window = context.agenda.at(now + context.lifetime(), then -> {
            windowOpen = false;
            boolean none = usages.values().stream().noneMatch(SubscriptionUsage::isConfirmed);
            List.copyOf(usages.values()).stream().filter(usage -> !usage.isConfirmed()).forEach(this::drop);
            if (none) {
                failed(new Failure.TimedOut("The subscription was accepted, but no NOTIFY came"), then);
            }
        });
    }

    private SubscriptionUsage use(String tag, Dialog dialog) {
        SubscriptionUsage usage = new SubscriptionUsage(context, this, dialog);
        usages.put(tag, usage);
        return usage;
    }

    // ---- NOTIFY

    void onNotify(ServerRequest received, long now) {
        Request notify = received.request();
        String tag = notify.from().tag().orElse("");
        Optional<EventHeader> event = EventHeader.of(notify);
        if (event.isEmpty() || !event.get().name().equalsIgnoreCase(request.event())) {
            context.respond(received, 489, now);
            return;
        }
        Optional<SubscriptionStateHeader> state = SubscriptionStateHeader.of(notify);
        if (state.isEmpty()) { // RFC 6665 §4.1.3
            context.respond(received, context.reply(received, 400, "").reasonPhrase("Missing Subscription-State").build(), now);
            return;
        }
        SubscriptionUsage usage = usages.get(tag);
        if (usage == null) {
            usage = adopt(notify, tag);
        }
        if (usage == null || !usage.dialog().takeSequence(notify)) {
            context.respond(received, usage == null ? 481 : 500, now);
            return;
        }
        Optional<EventBody> body = EventBody.of(notify);
        if (body.isPresent() && request.accept().stream().noneMatch(type -> type.matches(body.get().type()))) {
            context.respond(received, context.reply(received, 415, "").set(HeaderName.ACCEPT,
                request.accept().stream().map(Object::toString).collect(Collectors.joining(", "))).build(), now);
            return;
        }
        context.respond(received, 200, now);
        take(usage, state.get(), body, notify, now);
    }

    private void take(SubscriptionUsage usage, SubscriptionStateHeader state, Optional<EventBody> body, Request notify, long now) {
        usage.dialog().refreshTarget(notify);
        context.emit(new EventNews.Notified(id, body, notify.from().tag().orElse(""), state.isTerminated(), notify));
        if (state.isTerminated() || request.expiresSeconds() == 0) {
            drop(usage);
            terminated(state, now);
        } else {
            usage.confirm(state, now);
            told(state);
        }
    }

    /** The first NOTIFY of a phone may come before the 200, or be all that comes of a second one (RFC 6665 §4.1.2.4). */
    private SubscriptionUsage adopt(Request notify, String tag) {
        boolean wanted = windowOpen && (usages.isEmpty() || request.forks() && usages.size() < context.config.events().maxForks());
        if (!wanted || notify.contacts().isEmpty()) {
            return null;
        }
        Dialog dialog = Dialog.called(notify, localTag);
        dialog.usedSequence(sequence);
        dialog.confirmed();
        dialog.expectAgain(notify);
        return use(tag, dialog);
    }

    private void told(SubscriptionStateHeader state) {
        retries.succeeded();
        boolean active = !state.isPending() || usages.values().stream().anyMatch(SubscriptionUsage::isActive);
        if (!leaving && request.expiresSeconds() > 0) {
            tell(active ? new SubscriptionState.Active() : new SubscriptionState.Pending());
        }
    }

    /** RFC 6665 §4.1.3: the reason tells whether and when to try again. */
    private void terminated(SubscriptionStateHeader state, long now) {
        if (!usages.isEmpty()) {
            return; // other phones go on
        }
        String reason = state.reason();
        if (leaving || request.expiresSeconds() == 0) {
            end(Optional.empty());
            return;
        }
        Failure failure = new Failure.Rejected(480, "Subscription terminated" + (reason.isEmpty() ? "" : ": " + reason),
            state.retryAfter(), Optional.empty());
        boolean soon = reason.equals("deactivated") || reason.equals("timeout");
        if (reason.equals("rejected") || reason.equals("noresource") || reason.equals("invariant")) {
            end(Optional.of(failure));
        } else if (soon) {
            renew(failure, now);
        } else {
            waitFor(failure, now);
        }
    }

    // ---- what the usages say

    /** A dialog is over: the other side knows it no longer, or its time ran out. */
    void lost(SubscriptionUsage usage, Failure why, long now) {
        drop(usage);
        if (!usages.isEmpty() || over) {
            return;
        }
        if (leaving) {
            end(Optional.empty());
        } else {
            renew(why, now);
        }
    }

    private void drop(SubscriptionUsage usage) {
        usage.stop();
        usages.values().remove(usage);
    }

    // ---- beginning anew

    private void renew(Failure why, long now) {
        if (now - renewedAt >= LEAST_LIFE) {
            renewedAt = now;
            start(now);
        } else {
            waitFor(why, now);
        }
    }

    private void failed(Failure failure, long now) {
        boolean refused = failure instanceof Failure.AuthenticationFailed
            || failure instanceof Failure.Rejected rejected && FINAL.contains(rejected.status());
        if (!usages.isEmpty() && !leaving) {
            return; // a NOTIFY has made the dialog, whatever became of the answer
        }
        if (leaving || request.expiresSeconds() == 0 || refused) {
            end(leaving ? Optional.empty() : Optional.of(failure));
        } else {
            waitFor(failure, now);
        }
    }

    private void waitFor(Failure failure, long now) {
        OptionalLong delay = retries.delayAfter(failure);
        if (delay.isEmpty()) {
            end(Optional.of(failure));
            return;
        }
        forget();
        long at = now + Math.min(delay.getAsLong(), Context.seconds(LONGEST_ASKED));
        tell(new SubscriptionState.Waiting(failure, at));
        retry = context.agenda.at(at, this::start);
    }

    /** Leaves the dialogs and the names of the present beginning. */
    private void forget() {
        List.copyOf(usages.values()).forEach(this::drop);
        context.agenda.cancel(window);
        context.agenda.cancel(retry);
        windowOpen = false;
        attempt = Optional.empty();
        owner.unbind(callId, localTag);
    }

    private void end(Optional<Failure> cause) {
        if (!over) {
            over = true;
            forget();
            owner.remove(id);
            tell(new SubscriptionState.Ended(cause));
        }
    }

    private void tell(SubscriptionState state) {
        if (!state.equals(told) || state instanceof SubscriptionState.Ended) {
            told = state;
            context.emit(new EventNews.SubscriptionMoved(id, state));
        }
    }
}
