package io.earshot.sdk.internal.loop;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * An outcome that a loop decides and programs wait for. Blocking waits end as soon as the loop has decided; the continuations of the
 * future run on the application's executor, so that they never hold the loop up, and a callback that blocks cannot starve itself.
 *
 * @param <T> the type of the outcome
 */
public final class Promise<T> {
    private final CompletableFuture<T> decided = new CompletableFuture<>();
    private final CompletableFuture<T> told = new CompletableFuture<>();
    private final Executor callbacks;

    /** Makes a promise whose continuations run on {@code callbacks}. */
    public Promise(Executor callbacks) {
        this.callbacks = callbacks;
    }

    /** Decides; only the first decision counts. */
    public void complete(T value) {
        if (decided.complete(value)) {
            callbacks.execute(() -> told.complete(value));
        }
    }

    /** Decides that it failed; only the first decision counts. */
    public void fail(Failure failure) {
        VoipException why = new VoipException(failure);
        if (decided.completeExceptionally(why)) {
            callbacks.execute(() -> told.completeExceptionally(why));
        }
    }

    /** Tells whether it is decided. */
    public boolean isDecided() {
        return decided.isDone();
    }

    /** Returns the future to hand to the program; completing it has no effect on us. */
    public CompletableFuture<T> future() {
        return told.copy();
    }

    /**
     * Waits.
     *
     * @throws VoipException when it failed, or the waiting thread was interrupted
     */
    public T await() {
        try {
            return decided.get();
        } catch (ExecutionException failed) {
            VoipException known = (VoipException) failed.getCause();
            throw new VoipException(known.failure(), known);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new VoipException(new Failure.Cancelled("Interrupted while waiting."), stop);
        }
    }
}
