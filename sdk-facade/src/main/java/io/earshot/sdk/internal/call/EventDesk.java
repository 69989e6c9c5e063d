package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.PhoneEvent;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.events.DialogInfo;
import io.earshot.sip.events.MessageSummary;
import io.earshot.sip.events.Presence;
import io.earshot.sip.events.WatcherInfo;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.EventNews;
import io.earshot.sip.ua.PublicationId;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SubscriptionId;
import io.earshot.sip.ua.SubscriptionState;
import io.earshot.sip.ua.WatcherId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which news of subscriptions and publications concern which watch and which account. Confined to the signalling loop. */
final class EventDesk {
    private final EngineContext context;
    private final Function<AccountId, Optional<EngineAccount>> accounts;
    private final Consumer<PhoneEvent> out;
    private final Map<SubscriptionId, EngineWatch<?>> watches = new HashMap<>();
    private final Map<WatcherId, EnginePresence> watchers = new HashMap<>();
    private final Map<PublicationId, EnginePresence> publications = new HashMap<>();

    EventDesk(EngineContext context, Function<AccountId, Optional<EngineAccount>> accounts, Consumer<PhoneEvent> out) {
        this.context = context;
        this.accounts = accounts;
        this.out = out;
        context.signalling().engine().watchers().serve("presence", Presence.TYPE);
        context.signalling().engine().watchers().serve("dialog", DialogInfo.TYPE);
        context.signalling().engine().watchers().serve(WatcherNews.EVENT, WatcherInfo.TYPE);
    }

    SipEngine engine() {
        return context.signalling().engine();
    }

    long now() {
        return context.now();
    }

    void onLoop(Runnable task) {
        context.loop().execute(task);
    }

    /** Returns a listener of the application that is called in order, elsewhere. */
    <T> Consumer<T> inOrder(Consumer<? super T> listener) {
        return SerialExecutor.inOrder(context.callbacks(), listener);
    }

    void tell(PhoneEvent event) {
        out.accept(event);
    }

    // ---- watches

    void subscribe(EngineWatch<?> watch) {
        if (watch.isClosed()) {
            return;
        }
        SubscriptionId id = engine().subscriptions().subscribe(watch.account().id(), watch.request(), now());
        watches.put(id, watch);
        watch.begin(id);
    }

    void refresh(SubscriptionId id) {
        engine().subscriptions().refresh(id, now());
    }

    void unsubscribe(SubscriptionId id) {
        engine().subscriptions().unsubscribe(id, now());
    }

    // ---- our presence

    void watchedBy(WatcherId id, EnginePresence presence) {
        watchers.put(id, presence);
    }

    void published(PublicationId id, EnginePresence presence) {
        publications.put(id, presence);
    }

    // ---- news

    void on(EventNews news) {
        if (news instanceof EventNews.Notified notified) {
            Optional.ofNullable(watches.get(notified.subscription())).ifPresent(watch -> watch.on(notified));
        } else if (news instanceof EventNews.SubscriptionMoved moved) {
            Optional.ofNullable(watches.get(moved.subscription())).ifPresent(watch -> watch.on(moved));
            if (moved.state() instanceof SubscriptionState.Ended) {
                watches.remove(moved.subscription());
            }
        } else if (news instanceof EventNews.Unsolicited unasked) {
            accounts.apply(unasked.account()).ifPresent(account -> onUnasked(account, unasked));
        } else if (news instanceof EventNews.WatcherArrived arrived) {
            accounts.apply(arrived.account()).ifPresentOrElse(account -> account.presence().onWatcher(arrived),
                    () -> engine().watchers().reject(arrived.watcher(), now()));
        } else if (news instanceof EventNews.WatcherLeft left) {
            Optional.ofNullable(watchers.remove(left.watcher())).ifPresent(presence -> presence.onLeft(left.watcher()));
        } else if (news instanceof EventNews.PublicationMoved moved) {
            Optional.ofNullable(publications.get(moved.publication())).ifPresent(presence -> presence.onPublication(moved));
        }
    }

    private void onUnasked(EngineAccount account, EventNews.Unsolicited unasked) {
        unasked.body().filter(body -> body.type().matches(MessageSummary.TYPE)).flatMap(body
            -> Interpreter.OfMailbox.read(body.text()).value())
                .ifPresent(mailbox -> tell(new PhoneEvent.InPresence(account, new PresenceEvent.MailboxChanged(mailbox))));
    }

    private Optional<DialogReference> reference(Call call) {
        return call instanceof EngineCall known ? known.session().id().flatMap(engine().transfers()::reference) : Optional.empty();
    }

    /** Lets the presence of an account follow its calls. */
    void onCall(PhoneEvent.InCall inCall) {
        CallEvent event = inCall.event();
        boolean matters = event instanceof CallEvent.Started || event instanceof CallEvent.Ringing || event instanceof CallEvent.Answered
                || event instanceof CallEvent.Ended;
        if (matters && inCall.call().account() instanceof EngineAccount account) {
            account.presence().onCall(inCall.call(), event, reference(inCall.call()));
        }
    }
}
