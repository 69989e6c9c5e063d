package io.earshot.api.chat;

import io.earshot.api.VoipException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The instant messages of one account (SIP MESSAGE, RFC 3428). Safe for use by any thread.
 *
 * <p>Targets are what {@link io.earshot.api.Account#dial(String)} takes. Messages to one peer leave one after another, so they arrive in
 * order. One that its peer cannot get now is kept and tried again, after a while and as soon as the account registers again or the peer
 * shows up; with {@link io.earshot.api.PhoneBuilder#dataFolder} it survives the end of the program.
 */
public interface Messages {
    /**
     * Sends a text, waiting for its first outcome.
     *
     * @return accepted, stored by a server, or queued here
     * @throws VoipException when it is refused for good
     */
    MessageOutcome send(String target, String text);

    /** Sends a text; the future fails with {@link VoipException}. */
    default CompletableFuture<MessageOutcome> sendAsync(String target, String text) {
        return sendAsync(target, OutgoingMessage.of(text));
    }

    /**
     * Sends a message; the future fails with {@link VoipException} when it is refused for good.
     *
     * @throws VoipException when the target is no address, or the message cannot be sent as it is
     */
    CompletableFuture<MessageOutcome> sendAsync(String target, OutgoingMessage message);

    /**
     * Sends one message to several people, each with an outcome of its own.
     *
     * @return the outcomes by target, in the order of the targets
     */
    Map<String, CompletableFuture<MessageOutcome>> sendAll(Collection<String> targets, OutgoingMessage message);

    /** Says that the user is writing to somebody (RFC 3994); call it for each key, it tells the peer only as often as needed. */
    void typing(String target);

    /** Says that the user writes no more, without having sent. Sending says so by itself. */
    void stoppedTyping(String target);

    /** Tells the sender that the user has seen a message, if the sender asked to be told (RFC 5438 §7.2). */
    void displayed(ReceivedMessage message);

    /** Returns the messages that wait for their peers, oldest first. */
    List<QueuedMessage> queued();

    /** Takes a message out of the queue; tells whether it was there. */
    boolean withdraw(String id);

    /** Adds a listener; events arrive in order, one at a time, on the application's executor. */
    void onEvent(Consumer<? super MessageEvent> listener);
}
