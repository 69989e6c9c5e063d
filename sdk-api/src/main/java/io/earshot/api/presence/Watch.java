package io.earshot.api.presence;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that is being watched: a subscription (RFC 6665) that is kept alive through refreshes, lost registrations and restarts of
 * servers until it is closed or refused for good. Safe for use by any thread; listeners run on the application's executor, in order.
 *
 * @param <T> what is told
 */
public interface Watch<T> extends AutoCloseable {
    /** What is watched. */
    enum Kind { PRESENCE, LINE, MAILBOX, DEVICES, WATCHERS }

    /** Returns what is watched. */
    Kind kind();

    /** Returns whom it is about, an address. */
    String target();

    /** Returns what was told last; empty before the first time. */
    Optional<T> latest();

    /** Returns where it stands. */
    WatchState state();

    /** Adds a listener; it is told the latest value at once, if there is one, and every new one. */
    void onChange(Consumer<? super T> listener);

    /** Adds a listener of where it stands; it is told the present state at once. */
    void onState(Consumer<? super WatchState> listener);

    /** Asks for the state again at once. */
    void refresh();

    /** Ends it. Twice is harmless. */
    @Override
    void close();
}
