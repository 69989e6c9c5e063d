package io.earshot.api.presence;

import java.util.List;

/**
 * What others see of an account. It is published to the account's server (RFC 3903), and told to those who watch us directly (RFC 3856).
 * Safe for use by any thread; methods return at once.
 */
public interface Presence {
    /**
     * Somebody who watches us directly.
     *
     * @param address who
     * @param displayName the name; may be empty
     * @param what the event package: {@code presence} or {@code dialog}
     * @param seesUs whether he is allowed to; otherwise he waits for {@link #allow} or {@link #deny}
     */
    record Watcher(String address, String displayName, String what, boolean seesUs) { }

    /** Shows this presence from now on. Before the first time nothing is published, and watchers see {@link PresenceStatus#ONLINE}. */
    void show(PresenceStatus status);

    /**
     * Shows somebody who watches us directly something else than others see, until {@link #showAll}. A server to which presence is
     * published tells everybody the same.
     *
     * @param address an address, or a user at this account's domain
     * @throws io.earshot.api.VoipException when it is no address
     */
    void showTo(String address, PresenceStatus status);

    /** Shows everybody the same again. */
    void showAll();

    /** Returns what was shown last. */
    PresenceStatus shown();

    /** Says whether {@link Availability#ONLINE} turns into {@link Availability#ON_THE_PHONE} while there is a call; by default it does. */
    void reflectCalls(boolean reflect);

    /** Says whether our calls may be watched too (busy lamp, RFC 4235), by those who may see our presence; by default they may not. */
    void shareCalls(boolean share);

    /** Says what becomes of watchers that are not known by name; by default {@link WatcherPolicy#ASK}. Those there are stay as they are. */
    void policy(WatcherPolicy policy);

    /**
     * Lets somebody watch us, now or when he asks.
     *
     * @param address an address, or a user at this account's domain
     * @throws io.earshot.api.VoipException when it is no address
     */
    void allow(String address);

    /** Refuses somebody, and ends his watching; otherwise as {@link #allow}. */
    void deny(String address);

    /** Returns who watches us directly now. */
    List<Watcher> watchers();
}
