package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.dialog.DialogId;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Who watches us (RFC 6665 §4.2): others' subscriptions to event packages that are {@linkplain #serve served}. Each is decided on by the
 * user after {@link EventNews.WatcherArrived}. Confined to the engine's thread; {@code now} as for {@link SipEngine}. Commands answer
 * {@code false} when the watcher is gone.
 */
public final class Watchers {
    private final Context context;
    private final Accounts accounts;
    private final LongConsumer pump;
    private final Map<String, List<MediaType>> served = new LinkedHashMap<>();
    private final Map<WatcherId, Watcher> watchers = new LinkedHashMap<>();
    private final Map<DialogId, Watcher> dialogs = new HashMap<>();
    private long last;
    private boolean closed;

    Watchers(Context context, Accounts accounts, LongConsumer pump) {
        this.context = context;
        this.accounts = accounts;
        this.pump = pump;
        context.extensions.add(SipMethod.SUBSCRIBE, new Subscribes());
        context.extensions.serveEvents(this::allowed);
    }

    /** Takes subscriptions to an event package from now on; it is told of in Allow-Events. Others get 489. */
    public void serve(String event, MediaType... types) {
        if (types.length == 0) {
            throw new IllegalArgumentException("an event package needs a type of document");
        }
        served.put(event.toLowerCase(Locale.ROOT), List.of(types));
    }

    /** Lets a watcher see this state, and what {@link #update} says from now on. */
    public boolean accept(WatcherId id, EventBody state, long now) {
        return apply(id, now, watcher -> watcher.accept(state, now));
    }

    /** Takes the subscription and tells nothing until it is accepted or rejected (pending). */
    public boolean hold(WatcherId id, long now) {
        return apply(id, now, watcher -> watcher.hold(now));
    }

    /** Refuses a watcher, at once with 403 or later by ending its subscription as rejected. */
    public boolean reject(WatcherId id, long now) {
        return apply(id, now, watcher -> watcher.reject(now));
    }

    /** Tells a watcher that was accepted the whole new state; of several within a moment, the last. */
    public boolean update(WatcherId id, EventBody state, long now) {
        return apply(id, now, watcher -> watcher.update(state, now));
    }

    /**
     * Ends a subscription with a last state.
     *
     * @param reason of RFC 6665 §4.1.3: deactivated, probation, rejected, timeout, giveup, noresource or invariant
     * @param retryAfter in seconds, for probation and giveup
     */
    public boolean terminate(WatcherId id, String reason, OptionalLong retryAfter, long now) {
        if (!Set.of("deactivated", "probation", "rejected", "timeout", "giveup", "noresource", "invariant").contains(reason)) {
            throw new IllegalArgumentException("no reason to end a subscription: " + reason);
        }
        return apply(id, now, watcher -> watcher.terminate(reason, retryAfter, now));
    }

    void shutdown(long now) {
        closed = true;
        List.copyOf(watchers.values()).forEach(one -> one.terminate("probation", OptionalLong.of(60), now));
    }

    /** Ends those of an account that is being removed. */
    void leave(AccountId account, long now) {
        watchers.values().stream().filter(one -> one.account().id().equals(account)).toList()
            .forEach(one -> one.terminate("noresource", OptionalLong.empty(), now));
    }

    boolean isIdle() {
        return watchers.isEmpty();
    }

    /** Returns Allow-Events: what others may subscribe to. */
    String allowed() {
        return Subscriptions.allowed(served.keySet());
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher.id());
        dialogs.remove(watcher.dialog().id());
        context.emit(new EventNews.WatcherLeft(watcher.id()));
    }

    private boolean apply(WatcherId id, long now, Predicate<Watcher> command) {
        Watcher watcher = watchers.get(id);
        boolean applied = watcher != null && command.test(watcher);
        pump.accept(now);
        return applied;
    }

    @Override
    public String toString() {
        return "watchers=" + watchers.size();
    }

    /** Takes every SUBSCRIBE that nobody else has claimed. */
    private final class Subscribes implements MethodHandler {
        @Override
        public boolean knows(Request request) {
            return dialogs.containsKey(DialogId.ofReceived(request));
        }

        @Override
        public void onRequest(ServerRequest request, long now) {
            Watcher watcher = dialogs.get(DialogId.ofReceived(request.request()));
            if (watcher != null) {
                watcher.onSubscribe(request, now);
            } else {
                arrive(request, now);
            }
        }

        @Override
        public void onRequestInCall(ServerRequest request, Session session, Dialog dialog, long now) {
            Subscriptions.badEvent(context, request, served.keySet(), now); // dialogs are not shared (RFC 6665 §4.5.2)
        }
    }

    private void arrive(ServerRequest received, long now) {
        Request request = received.request();
        Optional<EventHeader> event = EventHeader.of(request).filter(known -> served.containsKey(known.name()));
        if (event.isEmpty()) {
            Subscriptions.badEvent(context, received, served.keySet(), now);
            return;
        }
        Optional<Account> account = accounts.match(request, received.flow());
        long asked = request.expires().orElse(context.config.events().mostExpires());
        if (account.isEmpty()) {
            context.respond(received, 404, now);
        } else if (request.contacts().isEmpty()) {
            context.respond(received, context.reply(received, 400, context.token()).reasonPhrase("Missing Contact").build(), now);
        } else if (!acceptable(request, served.get(event.get().name()))) {
            context.respond(received, context.reply(received, 406, context.token()).set(HeaderName.ACCEPT,
                served.get(event.get().name()).get(0)).build(), now);
        } else if (asked > 0 && asked < context.config.events().leastExpires()) {
            tooShort(context, received, now);
        } else if (closed || watchers.size() >= context.config.events().maxWatchers()) {
            context.respond(received, context.reply(received, 503, context.token()).set(HeaderName.RETRY_AFTER, "60").build(), now);
        } else {
            Watcher watcher = new Watcher(this, context, account.get(), new WatcherId(++last), new Watcher.Arrival(received, event.get()));
            watchers.put(watcher.id(), watcher);
            dialogs.put(watcher.dialog().id(), watcher);
            context.emit(new EventNews.WatcherArrived(watcher.id(), account.get().id(), event.get().name(), request));
            watcher.waitForDecision(now);
        }
    }

    static void tooShort(Context context, ServerRequest received, long now) {
        context.respond(received, context.reply(received, 423, context.token()).set(HeaderName.MIN_EXPIRES,
            Long.toString(context.config.events().leastExpires())).build(), now);
    }

    /** Without Accept the package's own document will do (RFC 6665 §4.1.1). */
    private static boolean acceptable(Request request, List<MediaType> ours) {
        List<String> accepted = request.values(HeaderName.ACCEPT).stream().map(text -> text.split(";", 2)[0].strip())
            .filter(text -> !text.isEmpty()).toList();
        return accepted.isEmpty() || accepted.stream().map(text -> text.toLowerCase(Locale.ROOT)).anyMatch(text -> text.equals("*/*")
            || ours.stream().anyMatch(type -> text.equals(type.type() + "/" + type.subtype()) || text.equals(type.type() + "/*")));
    }
}
