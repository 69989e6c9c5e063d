package io.earshot.api;

import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.Recordings;
import io.earshot.api.calls.CallRules;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.raw.RawSip;
import io.earshot.api.spi.PhoneProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A softphone without a face: the engine that accounts and calls live in. Several phones in one program are independent.
 *
 * <p>Safe for use by any thread, callbacks included: every method hands its work to the engine's own loop. Closing a phone ends its calls,
 * then un-registers its accounts, then stops its threads, in that order.
 *
 * <pre>{@code
 * try (Phone phone = Phone.builder().open();
 *      Account alice = phone.register(AccountConfig.of("sip:alice@example.com", "secret"))) {
 *     Call call = alice.dial("bob");
 *     call.awaitAnswer();
 *     call.awaitEnd();
 * }
 * }</pre>
 */
public interface Phone extends AutoCloseable {
    /**
     * Returns a builder of the engine found by {@link ServiceLoader}.
     *
     * @throws VoipException when there is none; the message names the artifact to add
     */
    static PhoneBuilder builder() {
        return ServiceLoader.load(PhoneProvider.class).findFirst()
                .or(() -> ServiceLoader.load(PhoneProvider.class, Phone.class.getClassLoader()).findFirst())
                .orElseThrow(() -> new VoipException(new Failure.NoProvider("engine", "Phone", "io.earshot:sdk-facade")))
                .builder();
    }

    /**
     * Adds an account and registers it, waiting for the registrar's answer.
     *
     * @throws VoipException when the registrar refuses or cannot be reached; the account is removed again
     */
    Account register(AccountConfig config);

    /** Adds an account and registers it; the future fails with {@link VoipException} as {@link #register} does. */
    CompletableFuture<Account> registerAsync(AccountConfig config);

    /**
     * Adds an account without registering it: for calls from peer to peer, or through a server that does not ask for it.
     *
     * @throws VoipException when the configuration cannot be used; the message names the value and the fix
     */
    Account addAccount(AccountConfig config);

    /** Returns the accounts now, in the order they were added. */
    List<Account> accounts();

    /** Returns the calls that have not ended, oldest first. */
    List<Call> calls();

    /** Returns the network as this phone sees it. */
    PhoneNetwork network();

    /** Returns the mixer that every source and sink of sound is a port of. */
    AudioBridge bridge();

    /** Returns the microphones, speakers and ringers of {@link AudioBridge#device()}. */
    AudioDevices audioDevices();

    /**
     * Adds a listener of everything that happens; events arrive in order, one at a time, on the application's executor. One that blocks
     * gets them late, one that throws is logged; neither misses an event nor concerns other listeners. Both may call everything here.
     */
    void onEvent(Consumer<? super PhoneEvent> listener);

    /** Sets who takes calls that no account's own handler takes; without one they are answered with 480 (Temporarily Unavailable). */
    void onCall(Consumer<? super IncomingCall> handler);

    /** Returns the rules in force; at first {@link CallRules#NONE}. */
    CallRules callRules();

    /**
     * Puts rules into force, for every call from now on.
     *
     * @throws VoipException when a rewrite rule cannot be understood; the message names it
     */
    void callRules(CallRules rules);

    /** Returns how codecs are used. */
    CodecPreferences codecs();

    /**
     * Uses codecs otherwise, from the next call on.
     *
     * @throws VoipException when no codec would be left
     */
    void codecs(CodecPreferences preferences);

    /** Returns what the local user hears of calls beside the voices; at first {@link CallSounds#NONE}. */
    CallSounds callSounds();

    /**
     * Sets what the local user hears of calls beside the voices, and peers while we hold them; from now on, also for calls there are.
     *
     * @throws VoipException when a file cannot be read, or there are no tones of the country; what was in force stays
     */
    void callSounds(CallSounds sounds);

    /** Returns what records calls by rule, names the files and uploads them. */
    Recordings recordings();

    /** Returns the door to SIP requests that Earshot has no meaning for. */
    RawSip raw();

    /** Returns the local signalling addresses, as {@code UDP 192.0.2.1:5060}. */
    List<String> listeningOn();

    /** Ends calls, un-registers accounts and waits for both, a few seconds at most; then stops every thread. Twice is harmless. */
    @Override
    void close();
}
