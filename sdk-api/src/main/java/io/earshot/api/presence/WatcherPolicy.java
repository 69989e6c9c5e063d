package io.earshot.api.presence;

/** What becomes of somebody who wants to watch us and is neither allowed nor denied by name. */
public enum WatcherPolicy {
    /** He sees us. */
    ALLOW,
    /** {@link PresenceEvent.WatcherAsks} is told, and he sees nothing until {@link Presence#allow}. */
    ASK,
    /** He is refused. */
    DENY
}
