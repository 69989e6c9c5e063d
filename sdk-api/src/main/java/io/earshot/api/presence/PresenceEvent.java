package io.earshot.api.presence;

import io.earshot.api.Failure;

/** What happens around presence; told by {@link io.earshot.api.PhoneEvent.InPresence}. */
public sealed interface PresenceEvent {
    /** A watch has something new, its {@link Watch#latest()} when it was told. */
    record Changed(Watch<?> watch, Object value) implements PresenceEvent { }

    /** A watch moved. */
    record WatchMoved(Watch<?> watch, WatchState state) implements PresenceEvent { }

    /** The server told of voice mail without having been asked. */
    record MailboxChanged(Mailbox mailbox) implements PresenceEvent { }

    /** Somebody wants to watch us: {@link Presence#allow} or {@link Presence#deny} him. */
    record WatcherAsks(Presence.Watcher watcher) implements PresenceEvent { }

    /** The server has our presence. */
    record Published(PresenceStatus status) implements PresenceEvent { }

    /** The server does not take our presence; who watches us directly sees it all the same. */
    record PublishFailed(Failure failure) implements PresenceEvent { }
}
