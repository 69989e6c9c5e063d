package io.earshot.sdk.internal.loop;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A value that is made once, when it is first asked for, by the thread that asks; others see it without waiting.
 *
 * @param <T> the type of the value
 */
public final class Lazy<T> {
    private final Supplier<T> maker;
    private volatile T value;

    /** Makes a holder; {@code maker} may throw, and is then asked again next time. */
    public Lazy(Supplier<T> maker) {
        this.maker = requireNonNull(maker);
    }

    /** Returns the value, making it if need be. */
    public T get() {
        T made = value;
        if (made == null) {
            synchronized (this) {
                made = value;
                if (made == null) {
                    made = requireNonNull(maker.get());
                    value = made;
                }
            }
        }
        return made;
    }

    /** Returns the value, or null when nobody has asked for it yet. */
    public T peek() {
        return value;
    }

    /** Hands the value over if it was made. */
    public void ifPresent(Consumer<? super T> user) {
        T made = value;
        if (made != null) {
            user.accept(made);
        }
    }
}
