package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * What we watch (RFC 6665 §4.1): subscriptions that stay alive through refreshes, refusals for a while and restarts of servers until they
 * are ended. Confined to the engine's thread; {@code now} as for {@link SipEngine}. News come as {@link EventNews}.
 */
public final class Subscriptions {
    /** What peers send unasked, and may: the first is voice mail as many servers do it, the second only wants an answer. */
    private static final Set<String> UNASKED = Set.of("message-summary", "keep-alive");

    private final Context context;
    private final Accounts accounts;
    private final LongConsumer pump;
    private final Map<SubscriptionId, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Subscription> byTag = new HashMap<>();
    private long last;
    private boolean closed;

    Subscriptions(Context context, Accounts accounts, LongConsumer pump) {
        this.context = context;
        this.accounts = accounts;
        this.pump = pump;
        context.extensions.add(SipMethod.NOTIFY, new Notifies());
        context.revivals.add((account, now) -> List.copyOf(subscriptions.values()).forEach(one -> one.revive(account, now)));
    }

    /** Subscribes. What goes wrong, an unknown account or too many subscriptions included, comes as {@link EventNews.SubscriptionMoved}. */
    public SubscriptionId subscribe(AccountId accountId, SubscribeRequest request, long now) {
        SubscriptionId id = new SubscriptionId(++last);
        Optional<Account> account = accounts.get(accountId);
        int most = context.config.events().maxSubscriptions();
        if (account.isEmpty() || closed || subscriptions.size() >= most) {
            context.emit(new EventNews.SubscriptionMoved(id, new SubscriptionState.Ended(Optional.of(new Failure.Unreachable(
                account.isEmpty() ? "There is no such account: " + accountId
                    : closed ? "The phone is shutting down" : "There are too many subscriptions already (" + most + ")")))));
            return id;
        }
        Subscription subscription = new Subscription(this, context, account.get(), id, request);
        subscriptions.put(id, subscription);
        subscription.start(now);
        pump.accept(now);
        return id;
    }

    /** Asks for the state again at once, also when the next try is still to be waited for. {@code false} if it is over. */
    public boolean refresh(SubscriptionId id, long now) {
        Subscription subscription = subscriptions.get(id);
        if (subscription != null) {
            subscription.refresh(now);
            pump.accept(now);
        }
        return subscription != null;
    }

    /** Ends a subscription; {@link SubscriptionState.Ended} follows when the other side knows. {@code false} if it is over. */
    public boolean unsubscribe(SubscriptionId id, long now) {
        Subscription subscription = subscriptions.get(id);
        if (subscription != null) {
            subscription.leave(now);
            pump.accept(now);
        }
        return subscription != null;
    }

    void shutdown(long now) {
        closed = true;
        List.copyOf(subscriptions.values()).forEach(one -> one.leave(now));
    }

    /** Ends those of an account that is being removed. */
    void leave(AccountId account, long now) {
        subscriptions.values().stream().filter(one -> one.account().id().equals(account)).toList().forEach(one -> one.leave(now));
    }

    boolean isIdle() {
        return subscriptions.isEmpty();
    }

    @Override
    public String toString() {
        return "subscriptions=" + subscriptions.size();
    }

    // ---- for Subscription

    void bind(String callId, String tag, Subscription subscription) {
        byTag.put(tag + " " + callId, subscription);
    }

    void unbind(String callId, String tag) {
        byTag.remove(tag + " " + callId);
    }

    void remove(SubscriptionId id) {
        subscriptions.remove(id);
    }

    /** Takes every NOTIFY that nobody else has claimed. */
    private final class Notifies implements MethodHandler {
        @Override
        public boolean knows(Request request) {
            return find(request) != null;
        }

        @Override
        public void onRequest(ServerRequest request, long now) {
            Subscription subscription = find(request.request());
            if (subscription != null) {
                subscription.onNotify(request, now);
            } else {
                unasked(request, now);
            }
        }

        @Override
        public void onRequestInCall(ServerRequest request, Session session, io.earshot.sip.dialog.Dialog dialog, long now) {
            context.respond(request, 481, now);
        }

        private Subscription find(Request request) {
            return byTag.get(request.to().tag().orElse("") + " " + request.callId());
        }

        /** RFC 6665 §4.1.3 wants 481; servers with voice mail that was not subscribed to, as RFC 3842 has it, get their 200. */
        private void unasked(ServerRequest request, long now) {
            Optional<EventHeader> event = EventHeader.of(request.request());
            Optional<Account> account = accounts.match(request.request(), request.flow());
            boolean ours = event.isPresent() && account.isPresent() && UNASKED.contains(event.get().name())
                && account.get().registration().trusts(request.flow());
            if (!ours) {
                context.respond(request, event.isEmpty() ? 489 : 481, now);
                return;
            }
            context.respond(request, 200, now);
            context.emit(new EventNews.Unsolicited(account.get().id(), event.get().name(), EventBody.of(request.request()),
                request.request()));
        }
    }

    /** Returns the event packages a request may name, for Allow-Events. */
    static String allowed(Set<String> served) {
        return String.join(", ", new TreeSet<>(new ArrayList<>(served))).toLowerCase(Locale.ROOT);
    }

    /** Refuses an event package, and tells which there are (RFC 6665 §8.3.2). */
    static void badEvent(Context context, ServerRequest request, Set<String> served, long now) {
        context.respond(request, context.reply(request, 489, context.token()).set(HeaderName.ALLOW_EVENTS, allowed(served)).build(), now);
    }
}
