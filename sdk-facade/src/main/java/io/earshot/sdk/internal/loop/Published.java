package io.earshot.sdk.internal.loop;

import static java.util.Objects.requireNonNull;

/**
 * A value that a loop writes and everybody may read: how public getters see state that belongs to a loop.
 *
 * @param <T> an immutable type
 */
public final class Published<T> {
    private volatile T value;

    /** Makes a holder with a first value. */
    public Published(T first) {
        value = requireNonNull(first);
    }

    /** Returns the latest value. */
    public T get() {
        return value;
    }

    /** Replaces the value; called by its one owner. */
    public void set(T next) {
        value = requireNonNull(next);
    }
}
