/**
 * The modern API: {@link io.earshot.api.Phone} has {@link io.earshot.api.Account}s, which have {@link io.earshot.api.Call}s.
 *
 * <p>Rules that hold throughout. No parameter or result is {@code null}. Everything may be called from any thread, callbacks included.
 * Callbacks run on the application's executor, never on the engine's loops and never under a lock; those of one call come one at a time
 * and in order. Methods that wait have a twin that returns a {@link java.util.concurrent.CompletableFuture}, and are made for virtual
 * threads. Outcomes of the protocol are values ({@link io.earshot.api.Failure}); the one exception that carries them is
 * {@link io.earshot.api.VoipException}.
 */
package io.earshot.api;
