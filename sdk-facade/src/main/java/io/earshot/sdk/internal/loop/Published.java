package io.earshot.sdk.internal.loop;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * A value that a loop writes and everybody may read: how public getters see state that belongs to a loop.
 *
 * @param <T> an immutable type
 */
public final class Published<T> {
    private final AtomicReference<T> value;

    /** Makes a holder with a first value. */
    public Published(T first) {
        value = new AtomicReference<>(requireNonNull(first));
    }

    /** Returns the latest value. */
    public T get() {
        return value.get();
    }

    /** Replaces the value; called by its one owner. */
    public void set(T next) {
        value.set(requireNonNull(next));
    }

    /**
     * Replaces the value by what is made of it; by any thread, as none undoes what another has done meanwhile.
     *
     * @param change has no effect but its result, as it may be asked again
     */
    public void update(UnaryOperator<T> change) {
        value.updateAndGet(now -> requireNonNull(change.apply(now)));
    }
}
