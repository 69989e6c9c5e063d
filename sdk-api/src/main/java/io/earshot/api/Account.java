package io.earshot.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An identity of a {@link Phone}. Safe for use by any thread. Closing it ends its calls and un-registers it. */
public interface Account extends AutoCloseable {
    /** Returns the settings it was made with. */
    AccountConfig config();

    /** Returns the address of record. */
    String address();

    /** Returns where the registration stands now. */
    RegistrationState state();

    /** Returns what the registrar told of the registration beyond its life. */
    RegistrationDetails details();

    /**
     * Starts a call and returns at once; {@link Call#awaitAnswer()} waits for the outcome.
     *
     * @param target {@code sip:bob@example.com}, {@code bob@example.com}, or a user or number at this account's domain
     * @throws VoipException when the target is no address; the message names it and the defect
     */
    default Call dial(String target) {
        return dial(target, CallOptions.DEFAULT);
    }

    /** Starts a call with options, otherwise as {@link #dial(String)}. */
    Call dial(String target, CallOptions options);

    /** Sets who takes calls for this account; each is handed over on the application's executor. */
    void onCall(Consumer<? super IncomingCall> handler);

    /**
     * Registers again, after {@link #unregister()} or a failure, waiting for the answer.
     *
     * @throws VoipException when the registrar refuses or cannot be reached
     */
    void register();

    /** Registers again; the future fails with {@link VoipException}. */
    CompletableFuture<Void> registerAsync();

    /** Removes the registration, waiting for the registrar's answer. The account stays usable for calls. */
    void unregister();

    /** Removes the registration. */
    CompletableFuture<Void> unregisterAsync();

    /** Ends this account's calls, un-registers, removes it from the phone. Twice is harmless. */
    @Override
    void close();
}
