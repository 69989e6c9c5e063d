package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;

/**
 * Limits of subscriptions (RFC 6665) and publications (RFC 3903); immutable.
 *
 * @param maxSubscriptions how many of ours there may be at once, 1 or more; default 2000
 * @param maxWatchers how many of others', further ones get 503; default 500
 * @param maxForks how many phones may answer one of our subscriptions; default 10
 * @param leastExpires the shortest life in seconds that others may ask for, shorter ones get 423; default 30
 * @param mostExpires the longest life in seconds that others are granted; default 3600
 * @param notifyInterval how long there is between two NOTIFYs to one watcher at least, in ns, as event packages ask for; default 1 s
 */
public record EventSettings(int maxSubscriptions, int maxWatchers, int maxForks, long leastExpires, long mostExpires, long notifyInterval) {
    /** The defaults. */
    public static final EventSettings DEFAULT = new EventSettings(2000, 500, 10, 30, 3600, Ticker.SECOND);

    public EventSettings {
        if (maxSubscriptions < 1 || maxWatchers < 0 || maxForks < 1 || notifyInterval < 0
                || leastExpires < 1 || mostExpires < leastExpires) {
            throw new IllegalArgumentException("an event setting is out of range");
        }
    }
}
