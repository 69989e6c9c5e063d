package io.earshot.api.presence;

import java.time.Duration;
import java.util.List;

/**
 * What an account can watch. Each method starts a subscription and returns at once. A target is an address, or a user at the account's
 * domain; one that is neither fails with {@link io.earshot.api.VoipException}. Safe for use by any thread.
 */
public interface Watches {
    /** Returns the same, with subscriptions of this life, 10 s to 1 day; the default is an hour. They are refreshed by themselves. */
    Watches withExpires(Duration life);

    /** Watches somebody's presence (RFC 3856). */
    Watch<PresenceStatus> contact(String target);

    /** Watches somebody's calls: a busy lamp (RFC 4235). */
    Watch<LineState> line(String target);

    /** Watches this account's voice mail (RFC 3842). What the server tells unasked comes as {@link PresenceEvent.MailboxChanged}. */
    Watch<Mailbox> mailbox();

    /** Watches another voice mail box. */
    Watch<Mailbox> mailbox(String target);

    /** Watches the phones that are registered at this account's address (RFC 3680). */
    Watch<List<Device>> devices();

    /** Watches who watches this account's presence at the server (RFC 3857). */
    Watch<List<Presence.Watcher>> watchers();
}
