package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import java.util.Optional;

/** What happened to subscriptions and publications. */
public sealed interface EventNews extends SipEvent {
    /** A subscription of ours moved. Nothing follows {@link SubscriptionState.Ended}. */
    record SubscriptionMoved(SubscriptionId subscription, SubscriptionState state) implements EventNews { }

    /**
     * A NOTIFY came within a subscription of ours; it has been answered.
     *
     * @param body the state, of a type that was to be accepted
     * @param fork the tag of who sent it: phones that share an address have different ones
     * @param last whether this one of the phones tells no more
     */
    record Notified(SubscriptionId subscription, Optional<EventBody> body, String fork, boolean last, Request request)
        implements EventNews { }

    /** The server told an account something it had not asked for, as voice mail servers do; it has been answered with 200. */
    record Unsolicited(AccountId account, String event, Optional<EventBody> body, Request request) implements EventNews { }

    /**
     * Somebody wants to watch something of ours: decide by {@link Watchers#accept}, {@link Watchers#hold} or {@link Watchers#reject}. Who
     * is not decided on within a second is held.
     *
     * @param account whose state
     * @param event the event package, in lower case
     * @param subscribe the request; From says who
     */
    record WatcherArrived(WatcherId watcher, AccountId account, String event, Request subscribe) implements EventNews { }

    /** A watcher is gone: it left, its time ran out, it cannot be reached, or we ended it. */
    record WatcherLeft(WatcherId watcher) implements EventNews { }

    /** A publication of ours moved. Nothing follows {@link PublicationState.Ended}. */
    record PublicationMoved(PublicationId publication, PublicationState state) implements EventNews { }
}
