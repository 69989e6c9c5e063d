package io.earshot.api;

import io.earshot.api.chat.Messages;
import io.earshot.api.presence.Presence;
import io.earshot.api.presence.Watches;
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

    /** Returns this account's instant messages. */
    Messages messages();

    /** Returns what asks others for their capabilities. */
    OptionsQueries options();
    /**
     * Calls again whom the phone called last, whether that came about or not.
     *
     * @throws VoipException when nobody was called yet
     */
    Call redial();

    /** Sets who takes calls for this account; each is handed over on the application's executor. */
    void onCall(Consumer<? super IncomingCall> handler);

    /** Sets who decides when others want to transfer this account's calls; without one {@link #transferRules} do. */
    void onTransfer(Consumer<? super IncomingTransfer> handler);

    /** Sets what happens when others transfer this account's calls; by default {@link TransferRules#DEFAULT}. */
    void transferRules(TransferRules rules);

    /**
     * Registers again, after {@link #unregister()} or a failure, waiting for the answer.
     *
     * @throws VoipException when the registrar refuses or cannot be reached
     */
    void register();

    /** Registers again; the future fails with {@link VoipException}. */
    CompletableFuture<Void> registerAsync();

    /**
     * Registers as if never before: with another Call-ID, without waiting for what is under way or for the time of the next attempt. For a
     * server that has lost track of this device; otherwise {@link #registerAsync()} does. The future fails with {@link VoipException}.
     */
    CompletableFuture<Void> registerAnew();

    /** Removes the registration, waiting for the registrar's answer. The account stays usable for calls. */
    void unregister();

    /** Removes the registration. */
    CompletableFuture<Void> unregisterAsync();

    /** Returns what others see of this account. */
    Presence presence();

    /** Returns what this account can watch: people, lines, voice mail, registrations. */
    Watches watches();

    /** Ends this account's calls, un-registers, removes it from the phone. Twice is harmless. */
    @Override
    void close();
}
